package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Service;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A service that shows each operation as a tool to every profile that does not say otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectServiceTest {

    private GuardFolder folder;
    private Service service;

    @BeforeAll
    void start(@TempDir Path home) {
        folder = new GuardFolder(home);
        List<String> properties = new ArrayList<>(Plain.withoutSpringSecurity());
        properties.add("mcp.guard.tools=direct");
        service = Service.start(folder, properties, Notes.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private HttpResponse<String> call(String tool, String arguments) {
        return service.tool("/mcp", tool, arguments, "Authorization", "Bearer " + folder.keyOf("reader"));
    }

    @Test
    void an_operation_is_a_tool() {
        int before = service.bean(Notes.class).ran();

        HttpResponse<String> answer = call("getNote", "{\"id\":7}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("svc-reader", "\"isError\":false", "\"structuredContent\":{");
        assertThat(service.bean(Notes.class).ran()).isEqualTo(before + 1);
    }

    @Test
    void what_the_profile_does_not_open_and_the_four_tools_are_not_there() {
        int before = service.bean(Notes.class).ran();

        for (String tool : List.of("addNote", "execute_endpoint", "list_endpoints", "noSuchTool")) {
            assertThat(call(tool, "{\"note\":{\"text\":\"a\"}}").body())
                    .as(tool)
                    .contains("-32602", "The tool is not known here");
        }

        assertThat(service.bean(Notes.class).ran()).isEqualTo(before);
    }
}
