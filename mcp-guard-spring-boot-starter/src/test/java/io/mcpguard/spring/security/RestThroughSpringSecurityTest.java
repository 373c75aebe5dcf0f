package io.mcpguard.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A key is one more way to authenticate in the service, on REST as on MCP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestThroughSpringSecurityTest {

    private GuardFolder folder;
    private Service service;

    @BeforeAll
    void start(@TempDir Path home) {
        folder = new GuardFolder(home);
        service = Service.start(folder, List.of(), Notes.class, Security.Usual.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private String[] key(String profile) {
        return new String[] {"Authorization", "Bearer " + folder.keyOf(profile)};
    }

    private int ran() {
        return service.bean(Notes.class).ran();
    }

    @Test
    void a_key_is_judged_by_the_roles_of_its_profile_and_never_shown_to_the_service() {
        HttpResponse<String> answer = service.get("/api/notes/7", key("reader"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"user\":\"svc-reader\"").contains("\"authorization\":\"null\"");
    }

    @Test
    void a_key_needs_no_csrf_token_and_leaves_no_session() {
        HttpResponse<String> answer = service.post("/api/notes", "{\"text\":\"x\"}", key("writer"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void method_security_judges_the_key_too() {
        int before = ran();

        assertThat(service.get("/api/notes/secret", key("reader")).statusCode()).isEqualTo(403);
        assertThat(ran()).isEqualTo(before);
        assertThat(service.get("/api/notes/secret", key("writer")).statusCode()).isEqualTo(200);
    }

    @Test
    void asynchronous_handlers_keep_the_principal() {
        assertThat(service.get("/api/notes/later", key("reader")).body()).contains("later");
        assertThat(service.get("/api/notes/called", key("reader")).body()).contains("svc-reader");
    }

    @Test
    void a_failing_handler_answers_as_it_does_to_everybody() {
        HttpResponse<String> guarded = service.get("/api/notes/broken", key("reader"));
        HttpResponse<String> usual = service.get("/api/notes/broken", "Authorization", Service.basic("ann"));

        assertThat(guarded.statusCode()).isEqualTo(500).isEqualTo(usual.statusCode());
        assertThat(guarded.body()).doesNotContain("secret cause");
    }

    @Test
    void a_key_outside_its_profile_is_refused_before_the_service_sees_it() {
        int before = ran();

        HttpResponse<String> answer = service.post("/api/notes", "{\"text\":\"x\"}", key("reader"));

        assertThat(answer.statusCode()).isBetween(403, 404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(ran()).isEqualTo(before);
    }

    @Test
    void an_altered_key_is_refused() {
        int before = ran();
        String altered = folder.keyOf("reader").replaceAll(".$", "!");

        assertThat(service.get("/api/notes/7", "Authorization", "Bearer " + altered)
                        .statusCode())
                .isEqualTo(401);
        assertThat(ran()).isEqualTo(before);
    }

    @Test
    void the_service_s_own_callers_pass_as_ever() {
        int before = ran();

        assertThat(service.get("/api/notes/7", "Authorization", Service.basic("ann"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.get("/api/notes/7").statusCode()).isEqualTo(401);
        assertThat(service.post("/api/notes", "{}", "Authorization", Service.basic("wil"))
                        .statusCode())
                .as("the service still wants its CSRF token from everybody else")
                .isIn(401, 403);
        assertThat(ran()).isEqualTo(before + 1);
    }

    @Test
    void a_profile_is_bound_to_what_spring_security_established() {
        int before = ran();

        assertThat(service.get("/api/notes/7", "Authorization", Service.basic("wil"), "X-Profile-ID", "staff")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ran()).isEqualTo(before + 1);
        assertThat(service.get("/api/notes/7", "Authorization", Service.basic("ann"), "X-Profile-ID", "staff")
                        .statusCode())
                .isEqualTo(403);
        assertThat(service.get("/api/notes/7", "X-Profile-ID", "staff").statusCode())
                .isEqualTo(401);
        assertThat(ran()).isEqualTo(before + 1);
    }

    @Test
    void an_endpoint_that_nobody_published_is_not_reached_by_its_name_as_a_value() {
        int before = ran();

        for (String[] caller :
                new String[][] {key("reader"), {"Authorization", Service.basic("wil"), "X-Profile-ID", "staff"}}) {
            HttpResponse<String> answer = service.get("/api/notes/hidden", caller);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("operation-not-available");
        }
        assertThat(ran()).isEqualTo(before);
        assertThat(service.get("/api/notes/hidden", "Authorization", Service.basic("ann"))
                        .statusCode())
                .as("the service's own callers reach it as ever")
                .isEqualTo(200);
    }
}
