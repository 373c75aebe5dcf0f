package com.example.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.servlet.GuardMount;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever a caller is answered over REST, it is answered over MCP, in every shape of the service and on the server that the
 * build has on the class path.
 */
@Tag("service")
class ParityTest {

    private static final String OPENING = "{\"subject\":\"Lost parcel\",\"dueOn\":\"2026-12-01\",\"effort\":2.50}";

    private static final Call READ = Call.get("getTicket", "/7").with("\"path_params\":{\"id\":7}");
    private static final Call LIST =
            Call.get("listTickets", "?state=OPEN&size=3").with("\"query_params\":{\"state\":\"OPEN\",\"size\":3}");
    private static final Call MISSING = Call.get("getTicket", "/404").with("\"path_params\":{\"id\":404}");
    private static final Call REPORT = Call.get("reportTickets", "/report");
    private static final Call CALLER = Call.get("callerOfTickets", "/caller");
    private static final Call BROKEN = Call.get("breakTickets", "/broken");
    private static final Call OPEN = new Call("openTicket", "POST", "", OPENING, "");
    private static final Call CLOSE = new Call("closeTicket", "PUT", "/7/closed", "", "\"path_params\":{\"id\":7}");

    private static final Pattern HIDDEN_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static final JsonMapper JSON = new JsonMapper();

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithSessionsAndCsrfProtection extends Calls {
        WithSessionsAndCsrfProtection() {
            super(new Shape(false, false, "", "", ""));
        }

        @Test
        void a_browser_still_needs_its_token_to_write() throws Exception {
            CookieManager cookies = signedIn();
            int before = ran();

            assertThat(service.send(OPEN.rest(service, shape), cookies).statusCode())
                    .isEqualTo(403);
            assertThat(ran()).isEqualTo(before);

            JsonNode token = bodyOf(service.send(service.request(shape.api() + "/csrf"), cookies));
            String[] header = {
                token.path("header").asString(), token.path("token").asString()
            };
            assertThat(service.send(OPEN.rest(service, shape, header), cookies).statusCode())
                    .isEqualTo(201);
            assertThat(ran()).isEqualTo(before + 1);
        }

        @Test
        void what_a_browser_sends_by_itself_opens_nothing_at_the_endpoint() throws Exception {
            CookieManager cookies = signedIn();
            assertThat(service.send(READ.rest(service, shape), cookies).statusCode())
                    .isEqualTo(200);
            int before = ran();

            for (Call call : List.of(READ, OPEN, CLOSE)) {
                HttpResponse<String> mcp = service.send(call.mcp(service, shape, "X-Profile-ID", "leads"), cookies);

                assertThat(mcp.body()).doesNotContain("\"isError\":false");
            }
            assertThat(ran()).isEqualTo(before);
        }

        private CookieManager signedIn() throws Exception {
            CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
            String form = service.send(service.request("/login"), cookies).body();
            Matcher token = HIDDEN_TOKEN.matcher(form);
            assertThat(token.find()).as(form).isTrue();
            HttpResponse<String> signedIn = service.send(
                    service.request("/login", "Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("username=lea&password=lea-pw&_csrf=" + token.group(1))),
                    cookies);
            assertThat(signedIn.statusCode()).isEqualTo(302);
            return cookies;
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class StatelessBelowPaths extends Calls {
        StatelessBelowPaths() {
            super(new Shape(true, false, "/desk", "/rest", "SNAKE_CASE"));
        }

        @Test
        @DisabledIfSystemProperty(
                named = "server",
                matches = "undertow",
                disabledReason = "started again by Spring Boot 3.5, Undertow answers every request with 503")
        void calls_take_the_better_way_again_after_the_server_was_started_again() throws Exception {
            reEnters();
            GuardMount mount = service.bean(GuardMount.class);

            String found = service.restart(mount::invokerStanding);

            assertThat(found).isEqualTo("not checked yet");
            assertThat(service.send(READ.rest(service, shape, headers("agent's key")))
                            .statusCode())
                    .isEqualTo(200);
            reEnters();
        }

        private void reEnters() throws Exception {
            GuardMount mount = service.bean(GuardMount.class);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(mount.invokerStanding()).isEqualTo("found equal"));
            assertThat(mount.invokerName()).isEqualTo("re-entry");
            int before = ran();

            HttpResponse<String> mcp = service.send(READ.mcp(service, shape, headers("agent's key")));

            assertThat(mcp.body()).contains("\"isError\":false");
            assertThat(ran()).isEqualTo(before + 1);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class OnVirtualThreads extends Calls {
        OnVirtualThreads() {
            super(new Shape(false, true, "/desk", "", ""));
        }
    }

    abstract static class Calls {

        final Shape shape;
        private Home home;
        Service service;

        Calls(Shape shape) {
            this.shape = shape;
        }

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            home = new Home(folder);
            service = Service.start(home, shape.properties());
        }

        @AfterAll
        void stop() {
            service.close();
        }

        int ran() {
            return service.bean(Tickets.class).ran();
        }

        String[] headers(String caller) throws JOSEException {
            return switch (caller) {
                case "agent's key" -> new String[] {"Authorization", "Bearer " + home.keyOf("agent")};
                case "lead's key" -> new String[] {"Authorization", "Bearer " + home.keyOf("lead")};
                case "Ann's password" ->
                    new String[] {"Authorization", basic("ann", "ann-pw"), "X-Profile-ID", "agents"};
                case "Lea's password" ->
                    new String[] {"Authorization", basic("lea", "lea-pw"), "X-Profile-ID", "leads"};
                case "Lea's token" -> new String[] {"Authorization", "Bearer " + token(), "X-Profile-ID", "leads"};
                case "a false password" ->
                    new String[] {"Authorization", basic("lea", "guess"), "X-Profile-ID", "leads"};
                case "a false key" ->
                    new String[] {
                        "Authorization", "Bearer " + home.keyOf("lead").replaceAll(".$", "!")
                    };
                case "nobody" -> new String[] {};
                default -> throw new IllegalArgumentException(caller);
            };
        }

        static Stream<Arguments> calls() {
            return Stream.of(
                            row("agent's key", 200, 200, 404, 200, 200, 500, 201, 403),
                            row("lead's key", 200, 200, 404, 200, 200, 500, 201, 200),
                            row("Ann's password", 200, 200, 404, 200, 200, 500, -201, 403),
                            row("Lea's password", 200, 200, 404, 200, 200, 500, -201, -200),
                            row("Lea's token", 200, 200, 404, 200, 200, 500, 201, 200))
                    .flatMap(row -> row);
        }

        /** A negative status is one for which a service with CSRF protection answers 403. */
        private static Stream<Arguments> row(String caller, int... statuses) {
            List<Call> calls = List.of(READ, LIST, MISSING, REPORT, CALLER, BROKEN, OPEN, CLOSE);
            assertThat(statuses).hasSameSizeAs(calls);
            return Stream.iterate(0, i -> i < statuses.length, i -> i + 1)
                    .map(i -> Arguments.of(caller, calls.get(i), statuses[i]));
        }

        @ParameterizedTest(name = "{0}: {1} -> {2}")
        @MethodSource("calls")
        void an_ai_client_is_answered_as_a_rest_client(String caller, Call call, int tabled) throws Exception {
            int expected = tabled > 0 ? tabled : shape.stateless() ? -tabled : 403;
            int before = ran();

            List<UUID> known = callIds();
            HttpResponse<String> rest = service.send(call.rest(service, shape, headers(caller)));
            int ranByRest = ran() - before;
            List<AuditEvent> recordsOfRest = recordsSince(known);

            known = callIds();
            HttpResponse<String> mcp = service.send(call.mcp(service, shape, headers(caller)));
            int ranByMcp = ran() - before - ranByRest;
            List<AuditEvent> recordsOfMcp = recordsSince(known);

            JsonNode answer = contentOf(mcp);
            assertThat(rest.statusCode()).isEqualTo(expected);
            assertThat(answer.path("status").asInt()).isEqualTo(expected);
            assertThat(ranByMcp).isEqualTo(ranByRest);
            if (expected < 300) {
                assertThat(ranByRest).isPositive();
                assertThat(answer.path("body")).isEqualTo(bodyOf(rest));
                assertThat(answer.path("headers").path("Location").asString(""))
                        .isEqualTo(rest.headers().firstValue("Location").orElse(""));
            } else {
                assertThat(mcp.body()).contains("\"isError\":true").doesNotContain("hunter2");
            }
            assertThat(mcp.headers().firstValue("Set-Cookie")).isEmpty();
            oneRecord(recordsOfRest, expected);
            oneRecord(recordsOfMcp, expected);
        }

        private void oneRecord(List<AuditEvent> events, int status) {
            assertThat(events.stream().map(AuditEvent::callId).distinct()).hasSize(1);
            AuditEvent last = events.get(events.size() - 1);
            assertThat(last.result().httpStatus()).hasValue(status);
            if (status < 300) {
                assertThat(events).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
            }
        }

        private List<UUID> callIds() {
            return home.records().stream().map(AuditEvent::callId).toList();
        }

        private List<AuditEvent> recordsSince(List<UUID> known) {
            return home.records().stream()
                    .filter(event -> !known.contains(event.callId()))
                    .toList();
        }

        private static JsonNode contentOf(HttpResponse<String> mcp) {
            assertThat(mcp.statusCode()).as(mcp.body()).isEqualTo(200);
            return JSON.readTree(mcp.body()).path("result").path("structuredContent");
        }

        static JsonNode bodyOf(HttpResponse<String> rest) {
            return JSON.readTree(rest.body());
        }

        @ParameterizedTest
        @ValueSource(strings = {"nobody", "a false password", "a false key"})
        void who_is_nobody_over_rest_is_nobody_over_mcp(String caller) throws Exception {
            int before = ran();

            assertThat(service.send(READ.rest(service, shape, headers(caller))).statusCode())
                    .isEqualTo(401);
            assertThat(service.send(READ.mcp(service, shape, headers(caller))).statusCode())
                    .isEqualTo(401);
            assertThat(ran()).isEqualTo(before);
        }

        @Test
        void it_runs_on_the_server_that_is_to_be_tested() throws Exception {
            assertThat(service.server()).startsWithIgnoringCase(System.getProperty("server"));
        }

        @Test
        void a_bad_value_is_refused_at_both_doors() throws Exception {
            String[] key = headers("lead's key");
            Call tooMany = Call.get("listTickets", "?size=51").with("\"query_params\":{\"size\":51}");
            int before = ran();

            assertThat(service.send(tooMany.rest(service, shape, key)).statusCode())
                    .isEqualTo(400);
            HttpResponse<String> mcp = service.send(tooMany.mcp(service, shape, key));

            assertThat(mcp.body()).contains("\"isError\":true").contains("50");
            assertThat(ran()).isEqualTo(before);
        }

        @Test
        void a_body_without_what_it_needs_is_refused_at_both_doors() throws Exception {
            String[] key = headers("lead's key");
            Call nameless = new Call("openTicket", "POST", "", "{\"subject\":\"\",\"dueOn\":\"2026-12-01\"}", "");
            int before = ran();

            assertThat(service.send(nameless.rest(service, shape, key)).statusCode())
                    .isEqualTo(400);
            HttpResponse<String> mcp = service.send(nameless.mcp(service, shape, key));

            assertThat(mcp.body()).contains("\"isError\":true").contains("subject");
            assertThat(ran()).isEqualTo(before);
        }

        @Test
        void the_schema_of_an_operation_says_what_jackson_and_the_validation_say() throws Exception {
            HttpResponse<String> mcp = service.send(service.tool(
                    shape.mcp(), "endpoint_details", "{\"endpoint_id\":\"openTicket\"}", headers("lead's key")));

            JsonNode properties = contentOf(mcp).findParent("subject");
            assertThat(properties.propertyNames())
                    .containsExactlyInAnyOrder("subject", shape.dueOn(), "effort", "urgency");
            assertThat(properties.path("subject").path("maxLength").asInt()).isEqualTo(80);
            assertThat(properties.findValue("enum").size()).isGreaterThanOrEqualTo(2);
            for (JsonNode value : properties.findValue("enum")) {
                if (!value.isNull()) {
                    Call open =
                            new Call("openTicket", "POST", "", OPENING.replace("}", ",\"urgency\":" + value + "}"), "");
                    assertThat(service.send(open.rest(service, shape, headers("lead's key")))
                                    .statusCode())
                            .isEqualTo(201);
                }
            }
        }

        private static String basic(String user, String password) {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        private static String token() throws JOSEException {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .subject("lea")
                            .claim("roles", List.of("LEAD"))
                            .expirationTime(new Date(System.currentTimeMillis() + 600_000))
                            .build());
            jwt.sign(new MACSigner(SecurityConfiguration.SIGNER));
            return jwt.serialize();
        }
    }
}
