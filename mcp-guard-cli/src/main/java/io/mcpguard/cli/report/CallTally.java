package io.mcpguard.cli.report;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts calls by how they ended. Takes the same memory for any number of them. */
final class CallTally {

    private static final int SIGNIFICANT_DIGITS = 2;
    private static final int MAX_REASONS = 32;
    private static final int SERVER_ERROR = 500;
    private static final long MOST_MICROS = Duration.ofDays(1).toNanos() / 1000;

    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
    private long calls;
    private long denied;
    private long errors;
    private long serverErrors;
    private long bytesIn;
    private long bytesOut;

    /** Takes the record of how a call ended. */
    void take(AuditEvent end) {
        AuditResult result = end.result();
        long count = end.verdict().count();
        calls += count;
        bytesIn += result.bytesIn().orElse(0);
        bytesOut += result.bytesOut().orElse(0);
        if (CallReport.isDenied(end)) {
            denied += count;
            String reason = end.verdict().reason();
            reasons.merge(
                    reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : CallReport.OTHERS,
                    count,
                    Long::sum);
            return;
        }
        if (CallReport.isError(end)) {
            errors++;
            serverErrors += result.httpStatus().orElse(SERVER_ERROR) >= SERVER_ERROR ? 1 : 0;
        }
        result.latency()
                .ifPresent(latency -> micros.recordValue(Math.max(0, Math.min(MOST_MICROS, latency.toNanos() / 1000))));
    }

    /** Adds what another one has counted. */
    void add(CallTally other) {
        calls += other.calls;
        denied += other.denied;
        errors += other.errors;
        serverErrors += other.serverErrors;
        bytesIn += other.bytesIn;
        bytesOut += other.bytesOut;
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        micros.add(other.micros);
    }

    long calls() {
        return calls;
    }

    long denied() {
        return denied;
    }

    /** Calls that were let through and ended in a status of 400 or above, in none, or not at all. */
    long errors() {
        return errors;
    }

    /** Those among the errors that the service did not blame on the caller. */
    long serverErrors() {
        return serverErrors;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    /** How many calls were refused for what. */
    Map<String, Long> reasons() {
        return Collections.unmodifiableSortedMap(reasons);
    }

    /** Whether any call was let through and timed. */
    boolean isTimed() {
        return micros.getTotalCount() > 0;
    }

    /** The time within which so many of a hundred calls ended that were let through, to 1 percent. */
    long percentileMicros(double percentile) {
        return micros.getValueAtPercentile(percentile);
    }
}
