package io.mcpguard.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mcpguard.testkit.internal.JsonReader;
import io.mcpguard.testkit.parity.Described.Body;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves through the doors, and what is made of what comes back. */
class DoorsTest {

    private static final ParityCaller CALLER = ParityCaller.of("reader", "client", "reader");

    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private String type = "application/json";
    private byte[] answer = {};
    private HttpServer server;
    private Doors doors;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        doors = new Doors(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "/mcp");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void values_are_encoded_and_lists_repeated() {
        doors.rest(
                ParityCall.of("read").path("id", "a/b c").query("q", "x&y").query("tag", List.of("1", "ü")),
                operation("GET", "/things/{id}", null),
                CALLER);

        assertThat(requests).containsExactly("GET /things/a%2Fb%20c?q=x%26y&tag=1&tag=%C3%BC null ");
    }

    @Test
    void a_body_is_written_in_the_type_the_operation_takes() {
        ParityCall form = ParityCall.of("write").body("{\"name\":\"A B\",\"tag\":[\"1\",\"2\"]}");
        doors.rest(form, operation("POST", "/a", new Body(true, "application/x-www-form-urlencoded", null)), CALLER);
        doors.rest(form, operation("POST", "/a", new Body(true, "application/json", null)), CALLER);
        doors.rest(
                ParityCall.of("write").body("\"plain\""),
                operation("POST", "/a", new Body(true, "text/plain", null)),
                CALLER);

        assertThat(requests)
                .containsExactly(
                        "POST /a application/x-www-form-urlencoded name=A%20B&tag=1&tag=2",
                        "POST /a application/json {\"name\":\"A B\",\"tag\":[\"1\",\"2\"]}",
                        "POST /a text/plain plain");
    }

    @Test
    void an_answer_is_read_as_a_tool_result_shows_it() {
        assertThat(read("application/json", "{\"a\":1.50}")).isEqualTo(JsonReader.read("{\"a\":1.50}"));
        assertThat(read("application/problem+json", "not json")).isEqualTo("not json");
        assertThat(read("text/csv; charset=utf-8", "a,b")).isEqualTo("a,b");
        assertThat(read("application/pdf", "%PDF")).isEqualTo("JVBERg==");
        assertThat(read("text/plain", "")).isNull();
    }

    @Test
    void an_answer_that_mcp_cut_is_not_compared() {
        answer = "{\"result\":{\"structuredContent\":{\"status\":200,\"truncated\":true,\"body\":\"x\"}}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> doors.mcp(ParityCall.of("export"), CALLER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("export")
                .hasMessageContaining("cut");
    }

    @Test
    void what_goes_over_mcp_is_grouped_as_the_tool_takes_it() {
        answer = "{\"result\":{\"structuredContent\":{\"status\":200,\"body\":[1]}}}".getBytes(StandardCharsets.UTF_8);

        Reply reply = doors.mcp(
                ParityCall.of("write")
                        .path("id", 7)
                        .query("q", "x")
                        .header("If-Match", "\"5\"")
                        .body("{\"a\":null}"),
                CALLER);

        assertThat(reply.known()).isTrue();
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("\"endpoint_id\":\"write\",\"path_params\":{\"id\":7},\"query_params\":{\"q\":\"x\"},"
                        + "\"headers\":{\"If-Match\":\"\\\"5\\\"\"},\"body\":{\"a\":null}");
    }

    private @Nullable Object read(String contentType, String body) {
        type = contentType;
        answer = body.getBytes(StandardCharsets.UTF_8);
        return doors.rest(ParityCall.of("read"), operation("GET", "/a", null), CALLER)
                .body();
    }

    private static Described operation(String method, String path, @Nullable Body body) {
        return new Described("any", method, path, List.of(), body);
    }
}
