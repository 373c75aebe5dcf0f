package io.mcpguard.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An AI client's calls pass the service's own security, with the client's key or with the service's own credential. */
class McpThroughSpringSecurityTest {

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithSessionsAndCsrfProtection extends Calls {
        WithSessionsAndCsrfProtection() {
            super(Security.Usual.class, "auto");
        }

        @Test
        void a_host_credential_needs_what_every_rest_consumer_needs() {
            int before = ran();

            HttpResponse<String> answer = service.execute(
                    "addNote",
                    "\"body\":{\"text\":\"x\"}",
                    "Authorization",
                    Service.basic("wil"),
                    "X-Profile-ID",
                    "staff");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"isError\":true");
            assertThat(ran()).isEqualTo(before);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithoutSessions extends Calls {
        WithoutSessions() {
            super(Security.Stateless.class, "loopback");
        }

        @Test
        void a_host_credential_may_write() {
            HttpResponse<String> answer = service.execute(
                    "addNote",
                    "\"body\":{\"text\":\"x\"}",
                    "Authorization",
                    Service.basic("wil"),
                    "X-Profile-ID",
                    "staff");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"isError\":false").contains("x");
        }
    }

    abstract static class Calls {

        private final Class<?> security;
        private final String invoker;
        private GuardFolder folder;
        Service service;

        Calls(Class<?> security, String invoker) {
            this.security = security;
            this.invoker = invoker;
        }

        @BeforeAll
        void start(@TempDir Path home) {
            folder = new GuardFolder(home);
            service = Service.start(folder, List.of("mcp.guard.invoker=" + invoker), Notes.class, security);
        }

        @AfterAll
        void stop() {
            service.close();
        }

        String[] key(String profile) {
            return new String[] {"Authorization", "Bearer " + folder.keyOf(profile)};
        }

        int ran() {
            return service.bean(Notes.class).ran();
        }

        private List<AuditEvent> records() throws IOException {
            try (Stream<AuditEvent> events = new JournalReader(folder.home().resolve("audit"), damage -> {}).events()) {
                return events.toList();
            }
        }

        @Test
        void a_key_reaches_the_operation_as_the_principal_of_its_profile() {
            HttpResponse<String> answer = service.execute("getNote", "\"path_params\":{\"id\":7}", key("reader"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("svc-reader").contains("\"isError\":false");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }

        @Test
        void a_key_may_write_where_its_roles_may() {
            HttpResponse<String> answer = service.execute("addNote", "\"body\":{\"text\":\"hello\"}", key("writer"));

            assertThat(answer.body()).contains("hello").contains("\"isError\":false");
        }

        @Test
        void method_security_judges_the_call() {
            int before = ran();

            HttpResponse<String> answer = service.execute("secretNote", "", key("reader"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"isError\":true").contains("403");
            assertThat(ran()).isEqualTo(before);
            assertThat(service.execute("secretNote", "", key("writer")).body()).contains("\"isError\":false");
        }

        @Test
        void asynchronous_operations_keep_the_principal() {
            assertThat(service.execute("calledNote", "", key("reader")).body()).contains("svc-reader");
            assertThat(service.execute("laterNote", "", key("reader")).body()).contains("later");
        }

        @Test
        void a_failure_of_the_service_is_an_error_without_its_cause() {
            HttpResponse<String> answer = service.execute("brokenNote", "", key("reader"));

            assertThat(answer.body())
                    .contains("\"isError\":true")
                    .contains("500")
                    .doesNotContain("secret cause");
        }

        @Test
        void the_service_s_own_credential_is_bound_by_its_role() {
            HttpResponse<String> bound = service.execute(
                    "getNote",
                    "\"path_params\":{\"id\":7}",
                    "Authorization",
                    Service.basic("wil"),
                    "X-Profile-ID",
                    "staff");
            int before = ran();
            HttpResponse<String> unbound = service.execute(
                    "getNote",
                    "\"path_params\":{\"id\":7}",
                    "Authorization",
                    Service.basic("ann"),
                    "X-Profile-ID",
                    "staff");

            assertThat(bound.statusCode()).isEqualTo(200);
            assertThat(bound.body()).contains("wil");
            assertThat(unbound.statusCode()).isEqualTo(403);
            assertThat(ran()).isEqualTo(before);
        }

        @Test
        void nobody_gets_the_service_s_own_refusal_and_leaves_a_record() throws IOException {
            int before = ran();
            long recorded = denials();

            HttpResponse<String> answer = service.execute("getNote", "\"path_params\":{\"id\":7}");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(ran()).isEqualTo(before);
            assertThat(denials()).isGreaterThan(recorded);
        }

        private long denials() throws IOException {
            return records().stream()
                    .filter(event -> !event.verdict().allowed())
                    .count();
        }

        @Test
        void a_revoked_or_made_up_key_runs_nothing() {
            int before = ran();

            HttpResponse<String> answer = service.execute(
                    "getNote",
                    "\"path_params\":{\"id\":7}",
                    "Authorization",
                    "Bearer " + folder.keyOf("reader").replaceAll(".$", "!"));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(ran()).isEqualTo(before);
        }

        @Test
        void an_operation_outside_the_profile_is_not_to_be_seen() {
            assertThat(service.tool("/mcp", "list_endpoints", "{}", key("reader"))
                            .body())
                    .contains("getNote")
                    .doesNotContain("addNote");
        }

        @Test
        void a_session_of_the_service_is_no_credential_at_the_endpoint() {
            HttpResponse<String> answer = service.execute("getNote", "", "Cookie", "JSESSIONID=anything");

            assertThat(answer.statusCode()).isEqualTo(401);
        }

        @Test
        void a_browser_that_looks_at_the_endpoint_is_turned_away() {
            HttpResponse<String> answer = service.get("/mcp", "Accept", "text/html");

            assertThat(answer.statusCode()).isLessThan(500).isGreaterThanOrEqualTo(300);
        }
    }
}
