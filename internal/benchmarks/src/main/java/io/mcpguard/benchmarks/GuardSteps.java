package io.mcpguard.benchmarks;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.decision.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

/** What each step of the guard costs, in the order of a call. */
@NullUnmarked // JMH fills the fields, in its own time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GuardSteps {

    private Guarded guarded;
    private Guard guard;
    private RequestFacts facts;
    private Caller caller;
    private PublishedOperation echo;

    /** Opens a guard with a journal in a new folder. */
    @Setup
    public void open() throws IOException {
        Path folder = Files.createTempDirectory("mcp-guard-steps");
        guarded = new Guarded(folder);
        guard = guarded.guard.guard();
        facts = new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget(AuditTarget.UNKNOWN, "mcp"),
                Optional.of(new Credential("bearer", guarded.key)),
                Optional.empty(),
                Optional.empty(),
                new AuditSource(
                        "127.0.0.1",
                        4711,
                        Optional.of("benchmark"),
                        Optional.of("benchmark/1"),
                        Optional.of("2026-07-28"),
                        Optional.of("1"),
                        Optional.empty()),
                Instant.now());
        caller = identified();
        echo = guard.find(caller, EchoApi.OPERATION).orElseThrow();
    }

    /** Closes the journal; its folder is left to the operating system. */
    @TearDown
    public void close() {
        guarded.close();
    }

    private Caller identified() {
        return ((Identification.Identified) guard.identify(facts, AuthContext.none())).caller();
    }

    /** Who calls: the key is hashed and compared, its profile looked up. */
    @Benchmark
    public Caller identify() {
        return identified();
    }

    /** Whether a grant opens the operation. */
    @Benchmark
    public Optional<PublishedOperation> decide() {
        return guard.find(caller, EchoApi.OPERATION);
    }

    /** A permit of both limits, taken and given back; the record of a call that never began is one of a refusal. */
    @Benchmark
    public Optional<Refusal> reserveAndRecord() {
        GuardedCall call = (GuardedCall) guard.open(facts, caller, echo);
        Optional<Refusal> refused = call.begin(Map.of("/message", "hmac:0123456789abcdef"), 25);
        call.end(200, 20);
        return refused;
    }

    /** All of it, as for one call of one operation. */
    @Benchmark
    public Optional<Refusal> wholeCall() {
        Caller known = identified();
        PublishedOperation operation = guard.find(known, EchoApi.OPERATION).orElseThrow();
        GuardedCall call = (GuardedCall) guard.open(facts, known, operation);
        call.begin(Map.of("/message", "hmac:0123456789abcdef"), 25);
        return call.end(200, 20);
    }
}
