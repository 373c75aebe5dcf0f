package io.mcpguard.servlet.entry;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Product;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A modern client cancels by hanging up (MCP 2026-07-28, Streamable HTTP). */
@Timeout(60)
class HangingUpTest {

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch returned = new CountDownLatch(1);
    private final TestService service =
            TestService.start(settings -> settings.features(() -> List.of(new ProductFeatures(
                            new Product("items", "Items", "Things", "/api"),
                            List.of(ToolFeature.builder("items", "job", "Goes on until it is stopped.")
                                    .answering(this::run)))))
                    .mounted(mount -> mount.invoker(InvokerChoice.LOOPBACK)));

    private ToolAnswer run(FeatureCall call) throws InterruptedException {
        call.onCancel(cancelled::countDown);
        double progress = 0;
        do {
            call.progress(++progress, OptionalDouble.empty(), "");
        } while (!cancelled.await(20, TimeUnit.MILLISECONDS));
        returned.countDown();
        return ToolAnswer.text("too late");
    }

    @AfterEach
    void stop() {
        cancelled.countDown();
        service.close();
    }

    @Test
    void stops_the_call_and_leaves_its_record_complete() throws IOException, InterruptedException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"job\",\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},\"progressToken\":7}}}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + KEY
                                    + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
                                    + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: job"
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            String line = in.readLine();
            assertThat(line).startsWith("HTTP/1.1 200");
            while (!line.contains("\"progress\":2")) {
                line = in.readLine();
            }
            assertThat(cancelled.getCount()).isOne();
        }

        assertThat(returned.await(30, TimeUnit.SECONDS)).isTrue();
        Awaitility.await()
                .untilAsserted(() -> assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME));
    }
}
