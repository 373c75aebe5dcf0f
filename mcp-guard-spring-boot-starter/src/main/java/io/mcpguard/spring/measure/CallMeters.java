package io.mcpguard.spring.measure;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.decision.Reason;
import io.mcpguard.spring.TrailObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Measures calls by their records. Every tag has few values: what a caller may choose freely stands in none, since the record
 * itself has {@code unknown} in its place.
 *
 * <p>{@code mcp.server.operation.duration} and its tags are those of the semantic conventions of OpenTelemetry for MCP.
 */
final class CallMeters implements TrailObserver {

    private static final String NONE = "none";

    /** Buckets that the semantic conventions name. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100),
        Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60),
        Duration.ofSeconds(120), Duration.ofSeconds(300)
    };

    /** What a verifier calls its refusals; anything else may be a sentence of somebody's own verifier. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z-]{0,39}");

    private final MeterRegistry registry;
    private final Timer kept;
    private final Timer failed;

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
        this.kept = append("kept");
        this.failed = append("failed");
    }

    private Timer append(String outcome) {
        return Timer.builder("mcp_guard.audit.append.duration")
                .description("Time a call waited for one of its records")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public AuditTrail watching(AuditTrail trail) {
        return event -> {
            long start = System.nanoTime();
            boolean done = false;
            try {
                trail.append(event);
                done = true;
            } finally {
                (done ? kept : failed).record(Duration.ofNanos(System.nanoTime() - start));
            }
            count(event);
        };
    }

    private void count(AuditEvent event) {
        Counter.builder("mcp_guard.audit.records")
                .description("Records of the audit trail")
                .tags("channel", lower(event.channel()), "stage", lower(event.stage()))
                .register(registry)
                .increment();
        event.verdict().limit().ifPresent(limit -> {
            if (event.stage() != Stage.OUTCOME) {
                count("mcp_guard.limit.decisions", "Calls that a limit decided on", Tag.of("result", result(event)));
            }
        });
        if (event.stage() == Stage.DENIED && event.verdict().reason().equals(Reason.UNAUTHENTICATED.code())) {
            String detail = event.verdict().detail();
            String reason = CODE.matcher(detail).matches() ? detail : "other";
            count("mcp_guard.auth.failures", "Requests whose credential was not accepted", Tag.of("reason", reason));
        }
        if (event.channel() == Channel.MCP && (event.stage() == Stage.OUTCOME || event.stage() == Stage.DENIED)) {
            event.result().latency().ifPresent(latency -> operation(event).record(latency));
        }
    }

    private void count(String name, String what, Tag tag) {
        Counter.builder(name)
                .description(what)
                .tags(Tags.of(tag))
                .register(registry)
                .increment();
    }

    private Timer operation(AuditEvent event) {
        boolean toolKnown = event.method().equals("tools/call")
                && !event.target().operationId().equals(AuditTarget.UNKNOWN);
        OptionalInt code = event.result().rpcCode();
        return Timer.builder("mcp.server.operation.duration")
                .description("Duration of MCP requests as the server sees them")
                .serviceLevelObjectives(BUCKETS)
                .tags(
                        "mcp.method.name",
                        event.method(),
                        "gen_ai.tool.name",
                        toolKnown ? event.target().operationId() : NONE,
                        "mcp.protocol.version",
                        event.source().protocolVersion().orElse(NONE),
                        "error.type",
                        error(event),
                        "rpc.response.status_code",
                        code.isPresent() ? Integer.toString(code.getAsInt()) : NONE)
                .register(registry);
    }

    /** The code of the error, or that the tool said so itself. */
    private static String error(AuditEvent event) {
        if (event.result().outcome() != Outcome.FAILURE) {
            return NONE;
        }
        OptionalInt code = event.result().rpcCode();
        if (code.isPresent()) {
            return Integer.toString(code.getAsInt());
        }
        return event.verdict().allowed() ? "tool_error" : event.verdict().reason();
    }

    private static String result(AuditEvent event) {
        return event.verdict().allowed() ? "allowed" : "refused";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
