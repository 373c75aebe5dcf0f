package io.mcpguard.spring.measure;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.decision.Reason;
import io.mcpguard.spring.TrailObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Place, Counter> records = new ConcurrentHashMap<>();
    private final Map<Operation, Timer> operations = new ConcurrentHashMap<>();

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
        this.kept = append("kept");
        this.failed = append("failed");
    }

    /** Where a record stands. */
    private record Place(Channel channel, Stage stage) {}

    /** The tags of a request. */
    private record Operation(String method, String tool, String version, String error, String code) {

        static Operation of(AuditEvent event) {
            boolean toolKnown = event.method().equals("tools/call")
                    && !event.target().operationId().equals(AuditTarget.UNKNOWN);
            OptionalInt code = event.result().rpcCode();
            return new Operation(
                    event.method(),
                    toolKnown ? event.target().operationId() : NONE,
                    event.source().protocolVersion().orElse(NONE),
                    errorType(event),
                    code.isPresent() ? Integer.toString(code.getAsInt()) : NONE);
        }
    }

    private Timer append(String outcome) {
        return Timer.builder("mcp_guard.audit.append.duration")
                .description("Time a call waited for one of its records")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void recorded(AuditEvent event, Duration waited, boolean isKept) {
        (isKept ? kept : failed).record(waited);
        if (isKept) {
            count(event);
        }
    }

    private void count(AuditEvent event) {
        records.computeIfAbsent(new Place(event.channel(), event.stage()), this::records)
                .increment();
        event.verdict().limit().ifPresent(limit -> {
            if (event.stage() != Stage.OUTCOME) {
                count(
                        "mcp_guard.limit.decisions",
                        "Calls that a limit decided on",
                        Tag.of("result", result(event)),
                        event);
            }
        });
        if (event.stage() == Stage.DENIED && event.verdict().reason().equals(Reason.UNAUTHENTICATED.code())) {
            String detail = event.verdict().detail();
            String reason = CODE.matcher(detail).matches() ? detail : "other";
            count(
                    "mcp_guard.auth.failures",
                    "Requests whose credential was not accepted",
                    Tag.of("reason", reason),
                    event);
        }
        if (event.channel() == Channel.MCP && (event.stage() == Stage.OUTCOME || event.stage() == Stage.DENIED)) {
            event.result()
                    .latency()
                    .ifPresent(latency -> operations
                            .computeIfAbsent(Operation.of(event), this::operation)
                            .record(latency));
        }
    }

    private Counter records(Place place) {
        return Counter.builder("mcp_guard.audit.records")
                .description("Records of the audit trail")
                .tags("channel", lower(place.channel()), "stage", lower(place.stage()))
                .register(registry);
    }

    /** A record that stands for several refusals counts as often. */
    private void count(String name, String what, Tag tag, AuditEvent event) {
        Counter.builder(name)
                .description(what)
                .tags(Tags.of(tag))
                .register(registry)
                .increment((double) event.verdict().count());
    }

    private Timer operation(Operation operation) {
        return Timer.builder("mcp.server.operation.duration")
                .description("Duration of MCP requests as the server sees them")
                .serviceLevelObjectives(BUCKETS)
                .tags(
                        "mcp.method.name",
                        operation.method(),
                        "gen_ai.tool.name",
                        operation.tool(),
                        "mcp.protocol.version",
                        operation.version(),
                        "error.type",
                        operation.error(),
                        "rpc.response.status_code",
                        operation.code())
                .register(registry);
    }

    /** The code of the error, or that the tool said so itself. */
    private static String errorType(AuditEvent event) {
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
