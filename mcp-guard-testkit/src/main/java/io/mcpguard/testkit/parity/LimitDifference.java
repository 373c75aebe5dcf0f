package io.mcpguard.testkit.parity;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.LimitMeter.Taking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares what two calls took from the limits: with a meter permit by permit, without one by what the records say is left of
 * the limit that both name.
 */
final class LimitDifference {

    /** Records tell the time a little later than the limit counts. */
    private static final Duration BLUR = Duration.ofSeconds(1);

    private LimitDifference() {}

    static List<String> between(
            Observed rest, Observed mcp, Supplier<List<AuditEvent>> trail, Map<String, String> periods) {
        List<String> differences = new ArrayList<>();
        if (!names(rest.takings()).equals(names(mcp.takings()))) {
            differences.add("limits: REST took " + names(rest.takings()) + ", MCP " + names(mcp.takings()));
        }
        Optional<AuditEvent> before = intent(rest);
        Optional<AuditEvent> after = intent(mcp);
        if (before.isPresent() && after.isPresent()) {
            remaining(before.get(), after.get(), trail, periods).ifPresent(differences::add);
        }
        return differences;
    }

    private static List<String> names(List<Taking> takings) {
        return takings.stream()
                .map(taking -> taking.key().scope() + " " + taking.key().owner() + " "
                        + taking.key().limit() + (taking.granted() ? "" : " (refused)"))
                .sorted()
                .toList();
    }

    private static Optional<AuditEvent> intent(Observed observed) {
        return observed.records().stream()
                .filter(event -> event.stage() == Stage.INTENT)
                .findFirst();
    }

    /** Of a rate, one call leaves one less than the call before, unless an older call has left the window in between. */
    private static Optional<String> remaining(
            AuditEvent rest, AuditEvent mcp, Supplier<List<AuditEvent>> trail, Map<String, String> periods) {
        Optional<AuditLimit> before = rest.verdict().limit();
        Optional<AuditLimit> after = mcp.verdict().limit();
        if (before.isEmpty()
                || after.isEmpty()
                || !before.get().name().equals(after.get().name())) {
            return Optional.empty();
        }
        String limit = before.get().name();
        int taken = before.get().remaining() - after.get().remaining();
        String period = periods.get(limit);
        int expected = period == null ? 0 : 1;
        boolean wrong = taken != expected
                && (taken > expected
                        || period == null
                        || !anyLeft(rest.time(), mcp.time(), Duration.parse(period), trail.get()));
        return wrong
                ? Optional.of("limit " + limit + ": REST left " + before.get().remaining() + ", the same call over MCP "
                        + after.get().remaining() + " instead of "
                        + (before.get().remaining() - expected))
                : Optional.empty();
    }

    private static boolean anyLeft(Instant rest, Instant mcp, Duration period, List<AuditEvent> all) {
        Instant from = rest.minus(period).minus(BLUR);
        Instant to = mcp.minus(period).plus(BLUR);
        return all.stream()
                .filter(event -> event.stage() == Stage.INTENT)
                .map(AuditEvent::time)
                .anyMatch(time -> time.isAfter(from) && time.isBefore(to));
    }
}
