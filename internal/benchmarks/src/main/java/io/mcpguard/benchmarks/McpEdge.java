package io.mcpguard.benchmarks;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one tools/call costs between the container and the disk: without HTTP, the service's stack, and the journal. */
@NullUnmarked // JMH fills the fields, in its own time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class McpEdge {

    private static final String ANSWERED = "\"isError\":false";

    private Guarded guarded;
    private McpEndpoint endpoint;
    private CallOrigin origin;
    private List<HttpField> headers;
    private byte[] toolCall;
    private byte[] operationCall;
    private AuditEvent last;

    /** Answers at once, so that what is measured is the way there and back. */
    private static final class AtOnce implements OperationInvoker {

        private final OperationResult answer = new OperationResult(
                200,
                List.of(new HttpField("Content-Type", "application/json")),
                "\"echo: hello world\"".getBytes(StandardCharsets.UTF_8),
                false);

        @Override
        public CompletionStage<OperationResult> invoke(OperationCall call) {
            return CompletableFuture.completedStage(answer);
        }

        @Override
        public String name() {
            return "at-once";
        }
    }

    /** Makes an endpoint whose records go nowhere. */
    @Setup
    public void open() {
        guarded = new Guarded(event -> last = event);
        endpoint = guarded.guard.endpoint(
                new AtOnce(),
                OriginPolicy.loopbackOnly(),
                EndpointSettings.standard("bench", "1"),
                ToolSettings.DEFAULT);
        origin = new CallOrigin("127.0.0.1", 4711, "http", false, "localhost", 8080, "127.0.0.1", 8080, List.of());
        headers = List.of(
                new HttpField("Host", "127.0.0.1:8080"),
                new HttpField("Content-Type", "application/json"),
                new HttpField("Accept", "application/json, text/event-stream"),
                new HttpField("MCP-Protocol-Version", "2025-11-25"),
                new HttpField("Authorization", "Bearer " + guarded.key),
                new HttpField("Content-Length", "118"));
        toolCall = call(Guarded.TOOL, "{\"message\":\"hello world\"}");
        operationCall = call(EchoApi.OPERATION, "{\"body\":{\"message\":\"hello world\"}}");
    }

    /** Ends it. */
    @TearDown
    public void close() {
        guarded.close();
    }

    private static byte[] call(String tool, String arguments) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\",\"arguments\":" + arguments + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private McpResponse answer(byte[] body) {
        McpResponse answer = endpoint.handle(new McpRequest("POST", headers, body, origin, AuthContext.none()))
                .toCompletableFuture()
                .join();
        if (answer.status() != 200 || !new String(answer.body(), StandardCharsets.UTF_8).contains(ANSWERED)) {
            throw new IllegalStateException(answer + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** A tool with a handler of its own. */
    @Benchmark
    public McpResponse tool() {
        return answer(toolCall);
    }

    /** A tool that is an operation of the service. */
    @Benchmark
    public McpResponse operation() {
        return answer(operationCall);
    }

    /** The text of the last record of a call. */
    @Benchmark
    public String record(McpEdgeRecord record) {
        return AuditEventJson.text(record.event);
    }

    /** A call's record. */
    @NullUnmarked
    @State(Scope.Benchmark)
    public static class McpEdgeRecord {

        private AuditEvent event;

        /** Makes a call and keeps its record. */
        @Setup
        public void call(McpEdge edge) {
            edge.answer(edge.toolCall);
            event = edge.last;
        }
    }
}
