package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpguard.servlet.GuardMount;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Service;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service without Spring Security, below a context path, with other paths than the usual ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class PlainServiceTest {

    private GuardFolder folder;
    private Service service;
    private String said = "";

    @BeforeAll
    void start(@TempDir Path home, CapturedOutput output) {
        folder = new GuardFolder(home);
        List<String> properties = new ArrayList<>(Plain.withoutSpringSecurity());
        properties.add("server.servlet.context-path=/shop");
        properties.add("spring.mvc.servlet.path=/rest");
        properties.add("mcp.guard.path=/ai/mcp");
        properties.add("spring.main.lazy-initialization=true");
        service = Service.start(folder, properties, Notes.class);
        said = output.getAll();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void a_key_reaches_an_operation_below_context_and_servlet_path() {
        HttpResponse<String> answer = service.tool(
                "/shop/ai/mcp",
                "execute_endpoint",
                "{\"endpoint_id\":\"getNote\",\"path_params\":{\"id\":7}}",
                "Authorization",
                "Bearer " + folder.keyOf("reader"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("svc-reader").contains("\"isError\":false");
    }

    @Test
    void operations_carry_the_whole_path() {
        HttpResponse<String> answer = service.tool(
                "/shop/ai/mcp", "list_endpoints", "{}", "Authorization", "Bearer " + folder.keyOf("reader"));

        assertThat(answer.body()).contains("/shop/rest/api/notes/{id}");
    }

    @Test
    void nobody_runs_nothing_over_mcp_and_everybody_passes_over_rest_as_before() {
        int before = service.bean(Notes.class).ran();

        HttpResponse<String> mcp = service.tool(
                "/shop/ai/mcp", "execute_endpoint", "{\"endpoint_id\":\"getNote\",\"path_params\":{\"id\":7}}");

        assertThat(mcp.statusCode()).isEqualTo(401);
        assertThat(service.bean(Notes.class).ran()).isEqualTo(before);
        assertThat(service.get("/shop/rest/api/notes/7").statusCode()).isEqualTo(200);
    }

    @Test
    void a_profile_without_a_credential_is_refused_at_the_last_gate() {
        int before = service.bean(Notes.class).ran();

        assertThat(service.get("/shop/rest/api/notes/7", "X-Profile-ID", "staff")
                        .statusCode())
                .isEqualTo(401);
        assertThat(service.bean(Notes.class).ran()).isEqualTo(before);
    }

    @Test
    void calls_re_enter_the_server_below_the_context_path_too() {
        GuardMount mount = service.bean(GuardMount.class);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(mount.invokerStanding()).isEqualTo("found equal"));
        assertThat(mount.invokerName()).isEqualTo("re-entry");
    }

    @Test
    void says_once_where_the_endpoint_is_and_what_stands_behind_it() {
        assertThat(said)
                .contains("MCP endpoint at http://localhost:"
                        + service.context().getEnvironment().getProperty("local.server.port") + "/shop/ai/mcp: "
                        + "1 products, 6 operations, 3 profiles")
                .contains(folder.home().resolve("audit").toString());
    }
}
