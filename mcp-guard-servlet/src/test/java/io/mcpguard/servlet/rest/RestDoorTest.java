package io.mcpguard.servlet.rest;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static io.mcpguard.servlet.testbed.TestService.TIGHT_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.servlet.testbed.TestService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestDoorTest {

    /** A name that no operation here declares. */
    private static final String HASHED = "hmac-sha256:[^:]+:[A-Za-z0-9_-]{22}";

    private TestService service = TestService.start(settings -> settings.mounted(mount -> mount));

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<String> get(String target, String key) {
        return service.send("GET", target, "Authorization", "Bearer " + key);
    }

    private AuditEvent last() {
        List<AuditEvent> events = service.trail.events();
        return events.get(events.size() - 1);
    }

    @Test
    void a_key_is_one_more_way_to_authenticate_at_the_service() {
        HttpResponse<String> response = get("/api/items/7?q=x", KEY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"id\":\"7\"", "\"user\":\"robot\"", "\"query\":\"q=x\"");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().channel()).isEqualTo(Channel.REST);
        assertThat(last().target().operationId()).isEqualTo("getItem");
        assertThat(last().target().template()).isEqualTo("GET /api/items/{id}");
        assertThat(last().caller().profileId()).isEqualTo("reader");
        assertThat(last().caller().credentialId()).contains("key-1");
        assertThat(last().result().httpStatus()).hasValue(200);
        assertThat(last().result().bytesOut()).hasValue(response.body().length());
        assertThat(service.trail.events().get(0).arguments().keySet())
                .anyMatch("/path/id"::equals)
                .anyMatch(pointer -> pointer.matches("/query/" + HASHED))
                .hasSize(2);
    }

    @Test
    void neither_key_nor_profile_headers_reach_the_service() {
        HttpResponse<String> facts = service.send(
                "GET",
                "/api/facts",
                "Authorization",
                "Bearer " + KEY,
                "X-Client-ID",
                "assistant",
                "X-Profile-ID",
                "reader",
                "X-HTTP-Method-Override",
                "DELETE");

        assertThat(facts.body())
                .contains("user=robot auth=MCP-GUARD")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContainIgnoringCase("x-client-id")
                .doesNotContainIgnoringCase("x-profile-id")
                .doesNotContainIgnoringCase("override");
    }

    @Test
    void a_key_that_is_not_genuine_is_refused_before_the_service() {
        HttpResponse<String> response = get("/api/items/7", "mcpg_test_forged");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(response.body()).contains("\"code\":\"unauthenticated\"").doesNotContain("key-unknown");
        assertThat(service.served()).isEmpty();
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
        assertThat(last().verdict().detail()).isEqualTo("key-unknown");
    }

    @Test
    void a_header_that_selects_another_profile_is_refused() {
        HttpResponse<String> response =
                service.send("GET", "/api/items/7", "Authorization", "Bearer " + KEY, "X-Profile-ID", "people");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"profile-not-entitled\"");
        assertThat(service.served()).isEmpty();
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
    }

    @Test
    void what_the_profile_does_not_open_and_what_is_no_operation_look_the_same() {
        for (String target : List.of(
                "/api/session", "/api/unknown", "/other", "/api/items/7/", "/api//items/7", "/api/items/a;b=c")) {
            HttpResponse<String> response = get(target, KEY);

            assertThat(response.statusCode()).as(target).isEqualTo(404);
            assertThat(response.body()).as(target).contains("\"code\":\"operation-not-available\"");
        }
        assertThat(service.served()).isEmpty();
        assertThat(service.trail.stages()).containsOnly(Stage.DENIED).hasSize(6);
    }

    @Test
    void the_services_own_refusal_of_a_key_is_the_outcome() {
        HttpResponse<String> response = get("/api/admin/secret", KEY);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(service.served()).doesNotContain("secret");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().result().httpStatus()).hasValue(403);
        assertThat(last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void a_caller_of_the_services_own_credential_is_decided_behind_its_authentication() {
        HttpResponse<String> allowed =
                service.send("GET", "/api/items/7", "Authorization", "Bearer alice", "X-Profile-ID", "people");

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.body()).contains("\"user\":\"alice\"");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().caller().principal()).contains("alice");
        assertThat(last().caller().profileId()).isEqualTo("people");

        int served = service.served().size();
        HttpResponse<String> refused =
                service.send("GET", "/api/items/7", "Authorization", "Bearer root", "X-Profile-ID", "people");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"profile-not-entitled\"");
        assertThat(service.served()).hasSize(served);
        assertThat(last().stage()).isEqualTo(Stage.DENIED);
    }

    @Test
    void a_refusal_by_the_services_authentication_is_on_record() {
        HttpResponse<String> response =
                service.send("GET", "/api/items/7", "Authorization", "Bearer mallory", "X-Profile-ID", "people");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=service");
        assertThat(service.served()).isEmpty();
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
        assertThat(last().verdict().reason()).isEqualTo("refused-by-service");
        assertThat(last().result().httpStatus()).hasValue(401);
    }

    @Test
    void ordinary_clients_pass_untouched_and_leave_no_record() {
        assertThat(get("/api/items/7", "alice").statusCode()).isEqualTo(200);
        assertThat(get("/api/session", "alice").statusCode()).isEqualTo(200);
        assertThat(service.send("GET", "/api/items/7").statusCode()).isEqualTo(401);

        assertThat(service.trail.events()).isEmpty();
    }

    @Test
    void ordinary_clients_leave_records_where_all_requests_do() {
        service.close();
        service = TestService.start(settings -> settings.mounted(mount -> mount.recording(RestRecording.ALL)));

        assertThat(get("/api/items/7", "alice").statusCode()).isEqualTo(200);
        assertThat(get("/api/items/404", "alice").statusCode()).isEqualTo(404);

        assertThat(service.trail.events())
                .extracting(event -> event.result().httpStatus().orElse(0))
                .containsExactly(200, 404);
        assertThat(last().verdict().detail()).isEqualTo("not-guarded");
    }

    @Test
    void rest_and_mcp_draw_on_the_same_counters() {
        String bearer = "Bearer " + TIGHT_KEY;
        assertThat(get("/api/items/1", TIGHT_KEY).statusCode()).isEqualTo(200);
        assertThat(service.execute(bearer, "getItem", ",\"path_params\":{\"id\":\"2\"}")
                        .body())
                .contains("\"status\":200");
        assertThat(get("/api/items/3", TIGHT_KEY).statusCode()).isEqualTo(200);

        HttpResponse<String> rest = get("/api/items/4", TIGHT_KEY);
        HttpResponse<String> mcp = service.execute(bearer, "getItem", ",\"path_params\":{\"id\":\"5\"}");

        assertThat(rest.statusCode()).isEqualTo(429);
        assertThat(rest.body()).contains("\"code\":\"limit-reached\"", "\"limit\":\"per-day\"");
        assertThat(rest.headers().firstValue("Retry-After")).isPresent();
        assertThat(mcp.body()).contains("limit-reached");
        assertThat(service.served()).containsExactly("items", "items", "items");
        assertThat(service.trail.stages())
                .containsExactly(
                        Stage.INTENT,
                        Stage.OUTCOME,
                        Stage.INTENT,
                        Stage.OUTCOME,
                        Stage.INTENT,
                        Stage.OUTCOME,
                        Stage.DENIED,
                        Stage.DENIED);
    }

    @Test
    void without_an_intent_on_record_nothing_runs() {
        service.trail.refuse(Stage.INTENT);

        HttpResponse<String> response = get("/api/items/7", KEY);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"audit-unavailable\"");
        assertThat(service.served()).isEmpty();
    }

    @Test
    void without_an_outcome_on_record_the_answer_does_not_leave() {
        service.trail.refuse(Stage.OUTCOME);

        for (String target : List.of(
                "/api/items/7",
                "/api/items/404",
                "/api/items/500",
                "/api/redirect",
                "/api/empty",
                "/api/async",
                "/api/async?mode=dispatch",
                "/api/async?mode=error")) {
            HttpResponse<String> response = get(target, KEY);

            assertThat(response.statusCode()).as(target).isEqualTo(503);
            assertThat(response.headers().firstValue("Location")).as(target).isEmpty();
            assertThat(response.body())
                    .as(target)
                    .contains("\"code\":\"outcome-unrecorded\"")
                    .doesNotContain("robot");
        }
        assertThat(service.trail.stages()).containsOnly(Stage.INTENT).hasSize(8);
    }

    @Test
    void a_large_answer_does_not_leave_before_its_start_is_on_record() {
        HttpResponse<String> recorded = get("/api/big?size=200000", KEY);
        assertThat(recorded.body()).hasSize(200_000);
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        assertThat(last().result().bytesOut()).hasValue(200_000);

        service.trail.refuse(Stage.STARTED);
        HttpResponse<String> refused = get("/api/big?size=200000", KEY);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"outcome-unrecorded\"");
    }

    @Test
    void however_an_answer_ends_its_true_status_is_on_record() {
        record Ending(String method, String target, int status) {}
        List<Ending> endings = List.of(
                new Ending("GET", "/api/items/404", 404),
                new Ending("GET", "/api/items/409", 409),
                new Ending("GET", "/api/items/500", 500),
                new Ending("HEAD", "/api/items/7", 200),
                new Ending("GET", "/api/redirect", 302),
                new Ending("GET", "/api/empty", 204),
                new Ending("GET", "/api/unchanged", 304),
                new Ending("GET", "/api/nothing", 404),
                new Ending("GET", "/api/async", 202),
                new Ending("GET", "/api/async?mode=dispatch", 200),
                new Ending("GET", "/api/async?mode=error", 422),
                new Ending("POST", "/api/nonblocking", 200));
        for (Ending ending : endings) {
            int before = service.trail.events().size();

            HttpResponse<String> response =
                    service.send(ending.method(), ending.target(), "Authorization", "Bearer " + KEY);

            assertThat(response.statusCode()).as(ending.toString()).isEqualTo(ending.status());
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(last().stage()).as(ending.toString()).isEqualTo(Stage.OUTCOME));
            assertThat(service.trail.events().size() - before)
                    .as(ending.toString())
                    .isBetween(2, 3);
            assertThat(last().result().httpStatus()).as(ending.toString()).hasValue(ending.status());
        }
    }

    @Test
    void a_json_body_leaves_the_same_arguments_as_over_mcp_and_reaches_the_service_whole() {
        String body = "{\"a\":[1,2.50],\"b\":\"caf\u00e9\",\"c\":true}";
        for (String[] credential : new String[][] {
            {"Authorization", "Bearer " + KEY},
            {"Authorization", "Bearer alice", "X-Profile-ID", "people"}
        }) {
            HttpResponse<String> rest =
                    service.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/echo"))
                            .headers(credential)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build());
            assertThat(rest.statusCode()).isEqualTo(200);
            assertThat(rest.body()).isEqualTo(body);
        }
        service.execute("Bearer " + KEY, "echo", ",\"body\":" + body);

        List<AuditEvent> intents = service.trail.events().stream()
                .filter(event -> event.stage() == Stage.INTENT)
                .toList();
        assertThat(intents).hasSize(3);
        assertThat(intents.get(0).arguments().keySet())
                .hasSize(4)
                .allMatch(pointer -> pointer.matches("/body/" + HASHED + "(/[01])?"));
        assertThat(intents.get(0).arguments())
                .isEqualTo(intents.get(1).arguments())
                .isEqualTo(intents.get(2).arguments());
        assertThat(service.trail.events().get(1).result().bytesIn())
                .hasValue(body.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void other_bodies_are_left_to_the_service_alone() {
        for (String type : List.of("text/plain", "application/json; charset=x", "application/octet-stream")) {
            HttpResponse<String> rest =
                    service.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/echo"))
                            .header("Authorization", "Bearer " + KEY)
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("{not json"))
                            .build());
            assertThat(rest.body()).as(type).isEqualTo("{not json");
        }
        assertThat(service.trail.events())
                .allSatisfy(event -> assertThat(event.arguments()).isEmpty());
    }

    @Test
    void an_error_page_of_the_service_keeps_its_body() {
        HttpResponse<String> guarded = get("/api/items/404", KEY);
        HttpResponse<String> ordinary = get("/api/items/404", "alice");

        assertThat(guarded.body()).isEqualTo(ordinary.body()).isEqualTo("{\"error\":404}");
    }

    @Test
    void a_request_that_never_ends_is_recorded_when_the_container_ends_it() {
        HttpResponse<String> response = get("/api/async?mode=timeout", KEY);

        assertThat(response.statusCode()).isEqualTo(500);
        Awaitility.await()
                .untilAsserted(() -> assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME));
        assertThat(last().result().httpStatus()).hasValue(500);
    }

    @Test
    void events_leave_one_by_one_after_their_start_is_on_record() {
        HttpResponse<String> response = get("/api/events", KEY);

        assertThat(response.body()).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
    }
}
