package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One admitted call, from its permit to its outcome.
 *
 * <p>Used once, in this order: {@link #begin} before the operation may run, then exactly one of {@link #end} and
 * {@link #failed}; or {@link #refuse} instead of {@code begin}. Only an empty answer of {@code begin} lets the call go on. The
 * permit is given back when the call has ended, however it did. Safe for use by several threads, one after the other.
 *
 * @since 0.1
 */
public final class GuardedCall implements Opening {

    private enum Phase {
        OPEN,
        BEGUN,
        ENDED
    }

    private final RecordKeeper records;
    private final RequestFacts facts;
    private final Caller caller;
    private final PublishedOperation operation;
    private final AuditTarget target;
    private final AuditCaller who;
    private final UUID callId;
    private final String rule;
    private final Permit permit;
    private final Standing standing;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private final AtomicBoolean unrecorded = new AtomicBoolean();
    private volatile Map<String, String> arguments = Map.of();
    private volatile long bytesIn;

    GuardedCall(
            RecordKeeper records,
            RequestFacts facts,
            Caller caller,
            PublishedOperation operation,
            UUID callId,
            String rule,
            Permit permit,
            Standing standing) {
        this.records = records;
        this.facts = facts;
        this.caller = caller;
        this.operation = operation;
        this.target = targetOf(operation);
        this.who = RecordKeeper.describe(caller);
        this.callId = callId;
        this.rule = rule;
        this.permit = permit;
        this.standing = standing;
    }

    /**
     * Returns the id that all records of this call carry.
     *
     * @return the call id
     */
    public UUID callId() {
        return callId;
    }

    /**
     * Returns who calls.
     *
     * @return the caller
     */
    public Caller caller() {
        return caller;
    }

    /**
     * Returns what is called.
     *
     * @return the operation
     */
    public PublishedOperation operation() {
        return operation;
    }

    /**
     * Returns how the tightest limit stands after this call.
     *
     * @return the standing, with an empty name when no limit applies
     */
    public Standing standing() {
        return standing;
    }

    /**
     * Records the intent. The operation may run only when this returns empty.
     *
     * @param maskedArguments what may be kept of the arguments, by JSON Pointer
     * @param requestBytes size of the request body in bytes
     * @return empty when the intent is on record, else the refusal to answer with
     */
    public Optional<Refusal> begin(Map<String, String> maskedArguments, long requestBytes) {
        advance(Phase.OPEN, Phase.BEGUN);
        arguments = maskedArguments;
        bytesIn = requestBytes;
        if (keep(Stage.INTENT, allowed(), AuditResult.pending())) {
            return Optional.empty();
        }
        release();
        return Optional.of(new Refusal(Reason.AUDIT_UNAVAILABLE, callId));
    }

    /**
     * Records that an answer is being passed on while it is produced.
     *
     * @param status the HTTP status it begins with
     * @return empty when that is on record, else the refusal to answer with; {@link #end} is still owed
     */
    public Optional<Refusal> started(int status) {
        AuditResult result = AuditResult.ofStatus(status, RecordKeeper.TO_ITS_RECORD);
        AuditResult running = new AuditResult(
                AuditResult.Outcome.PENDING,
                result.httpStatus(),
                OptionalInt.empty(),
                result.latency(),
                OptionalLong.empty(),
                OptionalLong.empty());
        return keep(Stage.STARTED, allowed(), running)
                ? Optional.empty()
                : Optional.of(new Refusal(Reason.OUTCOME_UNRECORDED, callId));
    }

    /**
     * Records how the operation answered, and gives back the permit.
     *
     * @param status HTTP status of the operation
     * @param bytesOut size of its response body in bytes
     * @return empty when the outcome is on record and the answer may leave, else the refusal to answer with instead
     */
    public Optional<Refusal> end(int status, long bytesOut) {
        return end(AuditResult.ofStatus(status, RecordKeeper.TO_ITS_RECORD).withBytes(bytesIn, bytesOut));
    }

    /**
     * Records that the operation has begun to answer and that nobody will see how its answer ends, and gives back the permit.
     *
     * @param status HTTP status of the operation
     * @return empty when that is on record and the answer may leave, else the refusal to answer with instead
     */
    public Optional<Refusal> unfollowed(int status) {
        return end(new AuditResult(
                AuditResult.Outcome.UNKNOWN,
                OptionalInt.of(status),
                OptionalInt.empty(),
                Optional.of(RecordKeeper.TO_ITS_RECORD),
                OptionalLong.of(bytesIn),
                OptionalLong.empty()));
    }

    /**
     * Records how a feature of the service's own answered, which has no HTTP status of its own, and gives back the permit.
     *
     * @param success whether it did what it is for; a question back to the client counts as such
     * @param rpcCode code of the JSON-RPC error that the caller gets, or empty for a result
     * @param bytesOut size of its result in bytes
     * @return empty when the outcome is on record and the answer may leave, else the refusal to answer with instead
     */
    public Optional<Refusal> answered(boolean success, OptionalInt rpcCode, long bytesOut) {
        return end(new AuditResult(
                success ? AuditResult.Outcome.SUCCESS : AuditResult.Outcome.FAILURE,
                OptionalInt.empty(),
                rpcCode,
                Optional.of(RecordKeeper.TO_ITS_RECORD),
                OptionalLong.of(bytesIn),
                OptionalLong.of(bytesOut)));
    }

    private Optional<Refusal> end(AuditResult result) {
        advance(Phase.BEGUN, Phase.ENDED);
        boolean kept = keep(Stage.OUTCOME, allowed(), result);
        permit.close();
        return kept ? Optional.empty() : Optional.of(new Refusal(Reason.OUTCOME_UNRECORDED, callId));
    }

    /**
     * Records that no answer of the operation can be passed on, and gives back the permit.
     *
     * @param reason what the caller is told
     * @param detail the true cause, for the record
     * @return the refusal to answer with
     */
    public Refusal failed(Reason reason, String detail) {
        advance(Phase.BEGUN, Phase.ENDED);
        AuditResult result = new AuditResult(
                reason == Reason.SERVICE_BUSY ? AuditResult.Outcome.FAILURE : AuditResult.Outcome.UNKNOWN,
                OptionalInt.of(reason.httpStatus()),
                OptionalInt.empty(),
                Optional.of(RecordKeeper.TO_ITS_RECORD),
                OptionalLong.of(bytesIn),
                OptionalLong.empty());
        boolean kept = keep(
                Stage.OUTCOME,
                new AuditVerdict(true, reason.code(), detail, RecordKeeper.describe(standing, false)),
                result);
        permit.close();
        return new Refusal(kept ? reason : Reason.OUTCOME_UNRECORDED, callId);
    }

    /**
     * Refuses the call before it has begun, because of its arguments. The permit of a rate limit stays taken, so that
     * guessing costs what calling costs.
     *
     * @param deny why
     * @param problems what is wrong with the arguments
     * @return the recorded refusal
     */
    public Refusal refuse(Deny deny, List<SchemaProblem> problems) {
        advance(Phase.OPEN, Phase.ENDED);
        AuditVerdict verdict =
                new AuditVerdict(false, deny.reason().code(), deny.detail(), RecordKeeper.describe(standing, false));
        AuditResult result = AuditResult.ofStatus(deny.reason().httpStatus(), RecordKeeper.TO_ITS_RECORD);
        boolean kept = keep(Stage.DENIED, verdict, result);
        permit.close();
        return kept
                ? new Refusal(deny.reason(), callId, Duration.ZERO, "", problems)
                : new Refusal(Reason.AUDIT_UNAVAILABLE, callId);
    }

    /**
     * Says how an operation is named in every record, whatever door it was called by.
     *
     * @param operation the operation
     * @return its id with method and path template
     */
    public static AuditTarget targetOf(PublishedOperation operation) {
        return new AuditTarget(
                operation.id(),
                operation.operation().method() + " " + operation.operation().path());
    }

    private AuditVerdict allowed() {
        return new AuditVerdict(true, "allowed", rule, RecordKeeper.describe(standing, false));
    }

    private boolean keep(Stage stage, AuditVerdict verdict, AuditResult result) {
        RecordKeeper.Kept kept = records.keep(
                callId,
                stage,
                facts,
                target,
                who,
                verdict,
                result,
                stage == Stage.INTENT ? arguments : Map.of(),
                operation.operation().hints().readOnly());
        if (kept == RecordKeeper.Kept.PASSED && unrecorded.compareAndSet(false, true)) {
            records.passed(facts.channel());
        }
        return kept != RecordKeeper.Kept.REFUSED;
    }

    private void release() {
        phase.set(Phase.ENDED);
        permit.close();
    }

    private void advance(Phase from, Phase to) {
        if (!phase.compareAndSet(from, to)) {
            throw new IllegalStateException("call " + callId + " is " + phase.get() + ", not " + from);
        }
    }
}
