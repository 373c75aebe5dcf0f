package io.mcpguard.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Product;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** News of a running call reaches the client while it runs, whatever the service's filters put around the response. */
@Timeout(60)
class StreamThroughSpringSecurityTest {

    /** A tool that takes each step only when it is let. */
    @Configuration(proxyBeanMethods = false)
    public static class Jobs {

        private final Semaphore steps = new Semaphore(0);

        @Bean
        FeatureSource features() {
            ToolFeature job =
                    ToolFeature.builder("notes", "job", "Takes its time.").answering(this::run);
            return () -> List.of(new ProductFeatures(new Product("notes", "Notes", "Notes", "/notes"), List.of(job)));
        }

        private ToolAnswer run(FeatureCall call) throws InterruptedException {
            for (int step = 1; step <= 3; step++) {
                call.progress(step, OptionalDouble.of(3), "step " + step);
                if (!steps.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("step " + step + " was not seen");
                }
            }
            return ToolAnswer.text("done");
        }
    }

    @Test
    void each_event_arrives_before_the_next_is_made(@TempDir Path home) throws Exception {
        GuardFolder folder = new GuardFolder(home);
        folder.write(Files.readString(home.resolve("profiles.yaml")).replace("methods: [GET]", "methods: [TOOL]"));
        try (Service service = Service.start(
                folder,
                List.of("server.compression.enabled=true", "server.forward-headers-strategy=framework"),
                Jobs.class,
                Security.Usual.class)) {
            HttpRequest request = service.request("/mcp", "Authorization", "Bearer " + folder.keyOf("reader"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("Accept-Encoding", "gzip")
                    .header("MCP-Protocol-Version", "2025-06-18")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                            + "{\"name\":\"job\",\"arguments\":{},\"_meta\":{\"progressToken\":\"p\"}}}"))
                    .build();

            HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (int step = 1; step <= 3; step++) {
                    assertThat(data(in)).contains("notifications/progress").contains("step " + step);
                    service.bean(Jobs.class).steps.release();
                }
                assertThat(data(in)).contains("\"result\"").contains("done");
                assertThat(in.readLine()).isNull();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // Closed in the middle on purpose, and again at the end, which changes nothing.
    void a_service_that_stops_ends_the_streams_of_listening_clients_and_does_not_wait_for_them(@TempDir Path home)
            throws Exception {
        GuardFolder folder = new GuardFolder(home);
        try (Service service = Service.start(
                folder,
                List.of("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=1h"),
                Security.Usual.class)) {
            HttpRequest request = service.request("/mcp", "Authorization", "Bearer " + folder.keyOf("reader"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", "subscriptions/listen")
                    .POST(BodyPublishers.ofString(
                            "{\"jsonrpc\":\"2.0\",\"id\":\"l1\",\"method\":\"subscriptions/listen\","
                                    + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                                    + "\"io.modelcontextprotocol/clientCapabilities\":{}},"
                                    + "\"notifications\":{\"toolsListChanged\":true}}}"))
                    .build();
            HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertThat(data(in)).contains("notifications/subscriptions/acknowledged");

                service.close();

                assertThat(data(in))
                        .contains("\"result\"")
                        .contains("\"io.modelcontextprotocol/subscriptionId\":\"l1\"");
                assertThat(in.readLine()).isNull();
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            event.append(line).append('\n');
        }
        return event.toString();
    }
}
