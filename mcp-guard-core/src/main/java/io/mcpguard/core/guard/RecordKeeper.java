package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.limit.Reservation.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the records of a call. Says "no" when a record could not be written; never throws. */
final class RecordKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);
    private static final long WARN_EVERY = 1000;

    /** The latency of a result that is about to be recorded: {@link #keep} puts the time up to its record in its place. */
    static final Duration TO_ITS_RECORD = Duration.ZERO;

    private final AuditTrail trail;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final AtomicLong failures = new AtomicLong();

    RecordKeeper(AuditTrail trail, Supplier<UUID> ids, InstantSource clock) {
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    UUID newCallId() {
        return ids.get();
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns whether the record was kept. */
    boolean keep(
            UUID callId,
            Stage stage,
            RequestFacts facts,
            AuditTarget target,
            AuditCaller caller,
            AuditVerdict verdict,
            AuditResult result,
            Map<String, String> arguments) {
        Instant time = clock.instant();
        AuditEvent event = new AuditEvent(
                ids.get(),
                callId,
                stage,
                time,
                facts.channel(),
                facts.method(),
                target,
                caller,
                verdict,
                upTo(time, result, facts.arrival()),
                facts.source(),
                arguments,
                Optional.empty());
        try {
            trail.append(event);
            return true;
        } catch (RuntimeException e) {
            long count = failures.getAndIncrement();
            if (count % WARN_EVERY == 0) {
                LOG.error("The audit trail cannot be written ({} so far); calls are refused", count + 1, e);
            }
            return false;
        }
    }

    /** The latency reaches to the time of its record, so that the two together say when the request arrived. */
    private static AuditResult upTo(Instant time, AuditResult result, Instant arrival) {
        if (result.latency().isEmpty()) {
            return result;
        }
        Duration latency = Duration.between(arrival, time);
        return new AuditResult(
                result.outcome(),
                result.httpStatus(),
                result.rpcCode(),
                Optional.of(latency.isNegative() ? Duration.ZERO : latency),
                result.bytesIn(),
                result.bytesOut());
    }

    static AuditCaller describe(Caller caller) {
        Principal principal = caller.principal();
        return new AuditCaller(
                caller.profile().client().id().value(),
                caller.profile().id().value(),
                caller.profile().version(),
                Optional.of(principal.name()),
                Optional.of(principal.credentialId()).filter(id -> !id.isEmpty()));
    }

    static AuditCaller describe(String credentialId) {
        return new AuditCaller(
                AuditCaller.ANONYMOUS,
                AuditCaller.ANONYMOUS,
                AuditCaller.ANONYMOUS,
                Optional.empty(),
                Optional.of(credentialId).filter(id -> !id.isEmpty()));
    }

    static Optional<AuditVerdict.AuditLimit> describe(Standing standing, boolean refused) {
        return standing.limit().isEmpty()
                ? Optional.empty()
                : Optional.of(new AuditVerdict.AuditLimit(
                        standing.limit(),
                        standing.permits(),
                        standing.remaining(),
                        refused ? standing.retryAfter().toMillis() : 0));
    }
}
