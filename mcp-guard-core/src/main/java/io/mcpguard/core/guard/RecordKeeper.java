package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.limit.Reservation.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of a call. Says "no" when a record could not be written and the call is not to be made without; never
 * throws.
 */
final class RecordKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);
    private static final long WARN_EVERY = 1000;

    /** The latency of a result that is about to be recorded: {@link #keep} puts the time up to its record in its place. */
    static final Duration TO_ITS_RECORD = Duration.ZERO;

    private final AuditTrail trail;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final UnrecordedCalls policy;
    private final UnrecordedCount unrecorded = new UnrecordedCount();
    private final AtomicLong failures = new AtomicLong();
    private final @Nullable RepeatedDenials repeated;

    /** What became of a record. */
    enum Kept {
        /** It is in the trail. */
        RECORDED,
        /** It is not, and the call goes on all the same. */
        PASSED,
        /** It is not, and the call is refused. */
        REFUSED
    }

    RecordKeeper(
            AuditTrail trail, Supplier<UUID> ids, InstantSource clock, UnrecordedCalls policy, DenialRecords denials) {
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.policy = policy;
        this.repeated = denials == DenialRecords.PER_SECOND ? new RepeatedDenials() : null;
    }

    UUID newCallId() {
        return ids.get();
    }

    Instant now() {
        return clock.instant();
    }

    /** Keeps the only record of something that changes nothing; false when it is to be refused. */
    boolean keepOnly(
            UUID callId,
            Stage stage,
            RequestFacts facts,
            AuditCaller caller,
            AuditVerdict verdict,
            AuditResult result,
            boolean readOnly) {
        Kept kept = keep(callId, stage, facts, facts.target(), caller, verdict, result, Map.of(), readOnly);
        if (kept == Kept.PASSED) {
            passed(facts.channel());
        }
        return kept != Kept.REFUSED;
    }

    /**
     * What became of the record of a refusal.
     *
     * @param callId the call under which the trail has it, or will have it within a second
     * @param kept false when it could not be written and the caller is to be told that
     */
    record Denial(UUID callId, boolean kept) {}

    /** Keeps the record of a refusal, or counts it with those that it repeats. */
    Denial keepDenial(RequestFacts facts, AuditCaller caller, AuditVerdict verdict, AuditResult result) {
        AuditEvent denial = event(ids.get(), Stage.DENIED, facts, facts.target(), caller, verdict, result, Map.of());
        Optional<UUID> counted = repeated == null ? Optional.empty() : repeated.count(denial);
        if (counted.isPresent()) {
            return new Denial(counted.get(), true);
        }
        Kept kept = write(denial, facts.arrival(), true);
        if (kept != Kept.RECORDED && repeated != null) {
            repeated.unwritten(denial);
        }
        if (kept == Kept.PASSED) {
            passed(facts.channel());
        }
        return new Denial(denial.callId(), kept != Kept.REFUSED);
    }

    /** Keeps one record of a call; whoever gets {@link Kept#PASSED} counts the call by {@link #passed}, once. */
    Kept keep(
            UUID callId,
            Stage stage,
            RequestFacts facts,
            AuditTarget target,
            AuditCaller caller,
            AuditVerdict verdict,
            AuditResult result,
            Map<String, String> arguments,
            boolean readOnly) {
        AuditEvent event = event(callId, stage, facts, target, caller, verdict, result, arguments);
        return write(event, facts.arrival(), readOnly);
    }

    private AuditEvent event(
            UUID callId,
            Stage stage,
            RequestFacts facts,
            AuditTarget target,
            AuditCaller caller,
            AuditVerdict verdict,
            AuditResult result,
            Map<String, String> arguments) {
        Instant time = clock.instant();
        return new AuditEvent(
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
    }

    private Kept write(AuditEvent event, Instant arrival, boolean readOnly) {
        try {
            trail.append(event);
        } catch (RuntimeException e) {
            boolean pass = policy.pass(event.channel(), readOnly);
            long count = failures.getAndIncrement();
            if (count % WARN_EVERY == 0) {
                LOG.error(
                        "The audit trail cannot be written ({} so far); calls {}",
                        count + 1,
                        pass ? "go on without a record" : "are refused",
                        e);
            }
            if (!pass
                    && event.stage() == Stage.INTENT
                    && e instanceof AuditWriteException failed
                    && failed.isWritten()) {
                unmade(event, arrival);
            }
            return pass ? Kept.PASSED : Kept.REFUSED;
        }
        if (!unrecorded.isZero()) {
            tellUnrecorded();
        }
        return Kept.RECORDED;
    }

    /** An intent stands in the trail, but not safely enough, so its call is refused: the trail is told that, if it can be. */
    private void unmade(AuditEvent intent, Instant arrival) {
        Instant time = clock.instant();
        try {
            trail.append(new AuditEvent(
                    ids.get(),
                    intent.callId(),
                    Stage.DENIED,
                    time,
                    intent.channel(),
                    intent.method(),
                    intent.target(),
                    intent.caller(),
                    new AuditVerdict(
                            false,
                            Reason.AUDIT_UNAVAILABLE.code(),
                            "intent-not-confirmed",
                            intent.verdict().limit()),
                    upTo(time, AuditResult.ofStatus(Reason.AUDIT_UNAVAILABLE.httpStatus(), TO_ITS_RECORD), arrival),
                    intent.source(),
                    Map.of(),
                    Optional.empty()));
        } catch (RuntimeException e) {
            // The intent stays without an end, and the next start says that nobody saw one.
            LOG.debug("The trail cannot be told that the call {} was refused", intent.callId(), e);
        }
    }

    /** Counts a call that was made without a record, so that the trail can say so. */
    void passed(Channel channel) {
        unrecorded.add(channel, 1);
    }

    /** Tells the trail what it does not know yet, if it can be told. */
    void settle() {
        if (repeated != null) {
            repeated.tell(trail);
        }
        tellUnrecorded();
    }

    /** Tells the trail how many calls it has missed, if it can be told. */
    private void tellUnrecorded() {
        UnrecordedCount.Taken taken = unrecorded.take();
        if (taken.isZero()) {
            return;
        }
        try {
            trail.append(taken.event(ids.get(), clock.instant()));
            LOG.warn("Made without a record: {} calls over MCP, {} over REST", taken.mcp(), taken.rest());
        } catch (RuntimeException e) {
            unrecorded.add(Channel.MCP, taken.mcp());
            unrecorded.add(Channel.REST, taken.rest());
            LOG.debug("The trail cannot be told yet what it has missed", e);
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
