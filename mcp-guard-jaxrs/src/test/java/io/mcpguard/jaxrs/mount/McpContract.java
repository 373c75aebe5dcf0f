package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import io.mcpguard.jaxrs.testbed.Wire.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The MCP endpoint on a server without servlets. */
abstract class McpContract extends Mounted {

    @Test
    void a_hundred_messages_at_once_are_all_answered_and_each_is_on_record_once() {
        Call get = Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}");
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<Reply>> running = IntStream.range(0, 100)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> wire.mcp(get, KEY), callers))
                    .toList();

            assertThat(running)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        } finally {
            callers.shutdown();
        }
        assertThat(service.trail.stages()).hasSize(200);
        assertThat(service.trail.stages().stream().filter(Stage.OUTCOME::equals))
                .hasSize(100);
        assertThat(service.shop.items.served).hasSize(100);
    }

    @Test
    void a_call_over_mcp_is_recorded_once_and_not_as_a_request_of_the_guards_own() {
        assertThat(wire.mcp(Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}"), KEY)
                        .status())
                .isEqualTo(200);

        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(service.trail.events()).extracting(AuditEvent::channel).containsOnly(Channel.MCP);
        assertThat(service.shop.items.served).containsExactly("get 7");
    }

    @Test
    void whoever_has_no_token_is_told_where_to_get_one_whoever_refuses() {
        String expected = "Bearer error=\"invalid_token\","
                + " resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/mcp\"";

        for (String path :
                List.of("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp")) {
            HttpResponse<String> document = wire.rest("GET", path);
            assertThat(document.statusCode()).isEqualTo(200);
            assertThat(document.body()).contains("\"authorization_servers\":[\"https://login.example.com\"]");
            assertThat(wire.rest("POST", path).statusCode()).isEqualTo(405);
        }
        for (String token : List.of("Bearer mcpg_forged", "Bearer mallory")) {
            HttpResponse<String> refused =
                    wire.rest("POST", "/mcp", "Authorization", token, "Content-Type", "application/json");
            assertThat(refused.statusCode()).as(token).isEqualTo(401);
            assertThat(refused.headers().allValues("WWW-Authenticate"))
                    .as(token)
                    .containsExactly(expected);
        }
        assertThat(service.shop.items.served).isEmpty();
    }

    @Test
    void the_endpoint_answers_every_method_and_each_is_on_record_once() {
        for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")) {
            service.trail.clear();

            assertThat(wire.rest(method, "/mcp", "Authorization", KEY).statusCode())
                    .as(method)
                    .isEqualTo(405);
            assertThat(service.trail.stages()).as(method).containsExactly(Stage.DENIED);
        }
        service.trail.clear();

        assertThat(wire.rest("POST", "/mcp", "Authorization", KEY).statusCode()).isEqualTo(415);
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
    }

    @Test
    void a_forged_key_is_refused_with_and_without_a_body() {
        for (String method : List.of("GET", "POST", "PUT")) {
            service.trail.clear();

            assertThat(wire.rest(method, "/mcp", "Authorization", "Bearer mcpg_test_forged")
                            .statusCode())
                    .as(method)
                    .isIn(401, 405, 415);
            assertThat(service.trail.stages()).as(method).containsExactly(Stage.DENIED);
        }
    }

    @Test
    void an_answer_that_goes_on_is_sent_while_it_is_made() throws Exception {
        HttpRequest listen = HttpRequest.newBuilder(wire.base().resolve("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "subscriptions/listen")
                .header("Authorization", KEY)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":"
                                + "{\"toolsListChanged\":true},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":"
                                + "\"2026-07-28\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"},"
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        HttpResponse<InputStream> response = client.sendAsync(listen, HttpResponse.BodyHandlers.ofInputStream())
                .get(10, TimeUnit.SECONDS);

        try (InputStream body = response.body()) {
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(CompletableFuture.supplyAsync(() -> firstData(body)).get(10, TimeUnit.SECONDS))
                    .contains("jsonrpc");
        }
    }

    /** Whatever stands before it is a comment. */
    private static String firstData(InputStream body) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.startsWith("data:")) {
                line = lines.readLine();
            }
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
