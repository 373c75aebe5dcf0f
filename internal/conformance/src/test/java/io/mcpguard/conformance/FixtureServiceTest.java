package io.mcpguard.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureServiceTest {

    @TempDir
    private Path folder;

    private FixtureService service;

    @BeforeEach
    void start() throws Exception {
        service = new FixtureService(0, folder);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @Test
    void answers_with_what_the_suite_expects() throws Exception {
        HttpResponse<String> response = post("tools/call", "test_simple_text", "http://localhost");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("This is a simple text response for testing.");
    }

    @Test
    void puts_every_call_on_record() throws Exception {
        post("tools/call", "test_simple_text", "http://localhost");

        assertThat(journal()).contains("\"stage\":\"INTENT\"", "\"stage\":\"OUTCOME\"", "test_simple_text");
    }

    @Test
    void runs_nothing_for_a_page_of_another_origin() throws Exception {
        HttpResponse<String> response = post("tools/call", "test_trigger_tool_change", "http://evil.example.com");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(journal()).doesNotContain("\"stage\":\"INTENT\"");
        assertThat(post("tools/list", "", "http://localhost").body()).doesNotContain("test_dynamic_tool");
    }

    @Test
    void a_changed_list_is_seen_by_the_next_request() throws Exception {
        assertThat(post("tools/list", "", "http://localhost").body()).doesNotContain("test_dynamic_tool");

        post("tools/call", "test_trigger_tool_change", "http://localhost");

        assertThat(post("tools/list", "", "http://localhost").body()).contains("test_dynamic_tool");
    }

    private HttpResponse<String> post(String method, String name, String origin) throws Exception {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        String params = name.isEmpty() ? meta : "\"name\":\"" + name + "\",\"arguments\":{}," + meta;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url()))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Origin", origin)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}"));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    /** All that the journal holds; its records are plain ASCII. */
    private String journal() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".wal"))
                    .map(FixtureServiceTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
