package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.audit.AuditTrail;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refusals that repeat one which has a record, until the trail is told of them. Holds as many kinds at once as it says,
 * beyond which each refusal gets its record. While the trail cannot be written it counts nothing, so that nobody is refused on the
 * strength of a record that may never be. Safe for use by many threads.
 */
final class RepeatedDenials {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedDenials.class);
    private static final int MOST_KINDS = 1000;

    private final Map<Kind, Repetition> repetitions = new ConcurrentHashMap<>();

    /** What two refusals have in common to be told in one record. */
    private record Kind(
            Channel channel,
            String method,
            AuditTarget target,
            AuditCaller caller,
            String address,
            String reason,
            String detail) {

        static Kind of(AuditEvent denial) {
            return new Kind(
                    denial.channel(),
                    denial.method(),
                    denial.target(),
                    denial.caller(),
                    denial.source().address(),
                    denial.verdict().reason(),
                    denial.verdict().detail());
        }
    }

    /**
     * Counts a refusal with others like it.
     *
     * @return the call id under which the trail will be told, or empty when the refusal is to have a record of its own
     */
    Optional<UUID> count(AuditEvent denial) {
        Kind kind = Kind.of(denial);
        Repetition repetition = repetitions.get(kind);
        if (repetition != null) {
            return repetition.count(denial);
        }
        if (repetitions.size() < MOST_KINDS) {
            repetitions.putIfAbsent(kind, new Repetition());
        }
        return Optional.empty();
    }

    /** A record could not be written: those that repeat it are not counted until one can. */
    void unwritten(AuditEvent denial) {
        Repetition repetition = repetitions.get(Kind.of(denial));
        if (repetition != null) {
            repetition.unwritten();
        }
    }

    /** Tells the trail what was counted since the last time. A kind that was not seen since then starts anew. */
    synchronized void tell(AuditTrail trail) {
        repetitions.forEach((kind, repetition) -> {
            AuditEvent event = repetition.untold();
            if (event == null) {
                repetitions.remove(kind);
                return;
            }
            try {
                trail.append(event);
                repetition.told();
            } catch (RuntimeException e) {
                repetition.unwritten();
                LOG.debug(
                        "The trail cannot be told yet of {} refusals",
                        event.verdict().count(),
                        e);
            }
        });
    }

    /** One kind of refusal, of which one has a record. */
    private static final class Repetition {

        private long count;
        private @Nullable Instant since;
        private @Nullable UUID callId;
        private @Nullable AuditEvent last;
        private @Nullable AuditEvent untold;
        private boolean unwritten;
        private boolean ended;

        synchronized Optional<UUID> count(AuditEvent denial) {
            if (unwritten || ended) {
                return Optional.empty();
            }
            if (callId == null || since == null) {
                callId = denial.callId();
                since = denial.time();
            }
            count++;
            last = denial;
            return Optional.of(callId);
        }

        synchronized void unwritten() {
            unwritten = true;
        }

        /** The record to be written, the same one until {@link #told}; none when nothing was counted, which ends it. */
        synchronized @Nullable AuditEvent untold() {
            if (untold == null && last != null && callId != null && since != null) {
                untold = record(last, callId, count, since);
                count = 0;
                callId = null;
                since = null;
                last = null;
            }
            ended = untold == null;
            return untold;
        }

        synchronized void told() {
            untold = null;
            unwritten = false;
        }

        /** In place of the time that one of them took there is the time over which they came. */
        private static AuditEvent record(AuditEvent last, UUID callId, long count, Instant since) {
            AuditVerdict verdict = last.verdict();
            AuditResult result = last.result();
            return new AuditEvent(
                    last.id(),
                    callId,
                    last.stage(),
                    last.time().isBefore(since) ? since : last.time(),
                    last.channel(),
                    last.method(),
                    last.target(),
                    last.caller(),
                    count == 1 ? verdict : verdict.repeated(count, since),
                    count == 1
                            ? result
                            : new AuditResult(
                                    result.outcome(),
                                    result.httpStatus(),
                                    result.rpcCode(),
                                    Optional.empty(),
                                    result.bytesIn(),
                                    result.bytesOut()),
                    last.source(),
                    last.arguments(),
                    Optional.empty());
        }
    }
}
