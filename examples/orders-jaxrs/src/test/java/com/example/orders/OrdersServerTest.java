package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.McpAnswer;
import io.mcpguard.testkit.McpTestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service over HTTP, with the profiles that it ships. */
class OrdersServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(folder, false);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void a_user_places_reads_and_cancels_an_order() throws Exception {
        HttpResponse<String> placed = send(
                "POST",
                "/api/orders",
                "{\"customerId\":7,\"shippingAddress\":{\"street\":\"A\",\"city\":\"B\",\"postalCode\":\"10115\","
                        + "\"country\":\"DE\"},\"lines\":[{\"sku\":\"TOY-1002\",\"quantity\":2}]}",
                own("alice"));
        String location = URI.create(placed.headers().firstValue("Location").orElseThrow())
                .getPath();

        assertThat(placed.statusCode()).isEqualTo(201);
        assertThat(body(send("GET", location, "", own("alice"))).path("status").asString())
                .isEqualTo("NEW");
        assertThat(body(send("POST", location + "/cancel", "{\"reason\":\"Ordered twice\"}", own("alice")))
                        .path("status")
                        .asString())
                .isEqualTo("CANCELLED");
        assertThat(send("POST", location + "/cancel", "{\"reason\":\"Ordered twice\"}", own("alice"))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void what_is_wrong_is_named_in_a_problem() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/orders?page=-1&size=1000", "", own("alice"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(body(answer).path("errors").findValuesAsString("field")).containsExactly("page", "size");
        HttpResponse<String> unreadable = send("POST", "/api/orders", "{\"customerId\":\"x", own("alice"));
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(unreadable.body()).doesNotContain("jackson", "line");
        for (String path : List.of("/api/nothing", "/api/orders/7/parts")) {
            assertThat(body(send("GET", path, "", own("carol"))).path("status").asInt())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void nobody_gets_in_without_a_credential() throws Exception {
        for (String path : List.of("/api/orders", "/api/customers/7")) {
            assertThat(send("GET", path, "", Map.of()).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(McpTestClient.modern(service.uri().resolve("/mcp"))
                        .listTools()
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", "/api/orders", "", Map.of("Authorization", "Basic YWxpY2U6d3Jvbmc="))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/health", "", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void roles_of_a_profile_are_judged_by_the_service_s_own_rules() {
        JsonNode answer = execute("developer-readonly", "getCustomer", "\"path_params\":{\"customerId\":7}");

        assertThat(answer.path("status").asInt()).isEqualTo(403);
        assertThat(answer.path("body").path("detail").asString()).isEqualTo("Your roles do not allow this.");
        assertThat(execute("support-chatbot", "getCustomer", "\"path_params\":{\"customerId\":7}")
                        .path("body")
                        .path("email")
                        .asString())
                .endsWith("@example.com");
    }

    @Test
    void what_the_profile_does_not_open_does_not_run_and_is_on_record() {
        int before = service.trail().size();

        JsonNode answer = execute(
                "developer-readonly",
                "cancelOrder",
                "\"path_params\":{\"orderId\":2995},\"body\":{\"reason\":\"just so\"}");

        assertThat(answer.path("body").path("code").asString()).isEqualTo("operation-not-available");
        assertThat(service.server().orders().read(2995).status().name()).isEqualTo("PAID");
        assertThat(service.trail().subList(before, service.trail().size()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.stage()).isEqualTo(Stage.DENIED);
                    assertThat(event.channel()).isEqualTo(Channel.MCP);
                    assertThat(event.target().operationId()).isEqualTo("cancelOrder");
                });
    }

    @Test
    void a_call_over_mcp_leaves_an_intent_and_an_outcome() {
        int before = service.trail().size();

        execute("support-chatbot", "getOrder", "\"path_params\":{\"orderId\":7}");

        assertThat(service.trail().subList(before, service.trail().size()))
                .extracting(AuditEvent::stage)
                .containsExactly(Stage.INTENT, Stage.OUTCOME);
    }

    @Test
    void what_the_limit_does_not_admit_is_refused_over_both_doors() throws Exception {
        Map<String, String> headers = service.caller("three-calls").restHeaders();
        for (int i = 0; i < 3; i++) {
            String door = i == 1 ? "REST" : "MCP";
            int status = door.equals("REST")
                    ? send("GET", "/api/orders/8", "", headers).statusCode()
                    : execute("three-calls", "getOrder", "\"path_params\":{\"orderId\":8}")
                            .path("status")
                            .asInt();
            assertThat(status).as(door).isEqualTo(200);
        }

        JsonNode refused = execute("three-calls", "getOrder", "\"path_params\":{\"orderId\":8}");
        HttpResponse<String> rest = send("GET", "/api/orders/8", "", headers);

        assertThat(refused.path("body").path("code").asString()).isEqualTo("limit-reached");
        assertThat(rest.statusCode()).isEqualTo(429);
        assertThat(body(rest).path("code").asString()).isEqualTo("limit-reached");
    }

    /** A user's own login, without a profile: the service's alone. */
    private static Map<String, String> own(String user) {
        return Map.of("Authorization", service.caller(user).restHeaders().get("Authorization"));
    }

    private static JsonNode execute(String caller, String operation, String arguments) {
        McpTestClient client = McpTestClient.modern(service.uri().resolve("/mcp"));
        for (Map.Entry<String, String> header :
                service.caller(caller).mcpHeaders().entrySet()) {
            client = client.header(header.getKey(), header.getValue());
        }
        McpAnswer answer =
                client.callTool("execute_endpoint", "{\"endpoint_id\":\"" + operation + "\"," + arguments + "}");
        return JSON.readTree(answer.message()).path("result").path("structuredContent");
    }

    private static HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode body(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
