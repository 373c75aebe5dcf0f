package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.verification.CredentialVerifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between every door of the service and its operations.
 *
 * <p>A call goes through the methods in the order they are written here: {@link #identify}, then for an operation
 * {@link #find} and {@link #open}, whose {@link GuardedCall} records intent and outcome. Everything that is not allowed is
 * refused, a part that fails or does not answer refuses, and each refusal is on record before it is returned. Safe for use by
 * many threads.
 *
 * @since 0.1
 */
public final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Catalog catalog;
    private final CallerIdentifier identifier;
    private final Entitlement entitlement;
    private final Limiter limiter;
    private final RecordKeeper records;
    private final GuardSettings settings;
    private final Challenges challenges;

    /**
     * Puts a guard together.
     *
     * @param catalog what the service publishes
     * @param profiles where profiles are looked up
     * @param verifiers who checks the credentials that the guard is to judge, asked in order
     * @param rules the owner's rules on top of the grants
     * @param limiter where permits are taken
     * @param trail where every call is recorded
     * @param callIds source of unique ids
     * @param clock the time
     * @param settings limits that hold whatever the profiles say
     * @param unrecorded what becomes of calls that cannot be recorded
     * @param denials how many records refusals get
     * @param challenges how a refusal asks for a credential
     */
    public Guard(
            Catalog catalog,
            ProfileStore profiles,
            List<CredentialVerifier> verifiers,
            List<DecisionRule> rules,
            Limiter limiter,
            AuditTrail trail,
            Supplier<UUID> callIds,
            InstantSource clock,
            GuardSettings settings,
            UnrecordedCalls unrecorded,
            DenialRecords denials,
            Challenges challenges) {
        this.catalog = catalog;
        this.identifier = new CallerIdentifier(verifiers, profiles);
        this.entitlement = new Entitlement(rules);
        this.limiter = limiter;
        this.records = new RecordKeeper(trail, callIds, clock, unrecorded, denials);
        this.settings = settings;
        this.challenges = challenges;
    }

    /**
     * Finds out who calls, and whether the profile may be used now and from there.
     *
     * @param facts what is known of the request
     * @param host what the service's own security has established
     * @return the caller, or a recorded refusal
     */
    public Identification identify(RequestFacts facts, AuthContext host) {
        return identified(facts, identifier.identify(facts, host));
    }

    /**
     * Finds out who calls, where the verifiers have been asked already.
     *
     * @param facts what is known of the request
     * @param known what they said of it
     * @param host what the service's own security has established, for a credential that they do not know
     * @return the caller, or a recorded refusal
     */
    public Identification identify(RequestFacts facts, Recognition known, AuthContext host) {
        return identified(facts, known.found().orElseGet(() -> identifier.byHost(facts, host)));
    }

    private Identification identified(RequestFacts facts, CallerIdentifier.Found found) {
        if (found.deny().isPresent()) {
            return refuseUnidentified(facts, found.deny().get(), found.credentialId());
        }
        Caller caller = found.caller().orElseThrow();
        Optional<Deny> inactive =
                Entitlement.activity(caller.profile(), facts.source().address(), records.now());
        return inactive.isPresent()
                ? deny(facts, RecordKeeper.describe(caller), inactive.get(), Standing.none())
                : new Identification.Identified(caller);
    }

    /** Failing to authenticate is limited by address, so that guessing is slow; whoever succeeds is never slowed by it. */
    private Refusal refuseUnidentified(RequestFacts facts, Deny deny, String credentialId) {
        AuditCaller nobody = RecordKeeper.describe(credentialId);
        return deny.reason() == Reason.UNAUTHENTICATED
                ? denyWithin(settings.failures(), byAddress(facts), facts, nobody, deny, Reason.FLOOD)
                : deny(facts, nobody, deny, Standing.none());
    }

    /**
     * Asks the verifiers and records nothing. For a door that must establish the principal before the service's own security runs;
     * what is found is handed to {@link #identify(RequestFacts, Recognition, AuthContext)}, which records.
     *
     * @param facts what is known of the request
     * @return what they said
     */
    public Recognition recognize(RequestFacts facts) {
        return identifier
                .recognize(facts)
                .map(found -> Recognition.of(found, active(facts, found)))
                .orElseGet(Recognition::nobodys);
    }

    /**
     * Recognizes a caller again, and records nothing: for an answer that goes on after its request, which ends when the caller
     * could not ask for it any more.
     *
     * @param facts what is known of the request
     * @param host what the service's own security had established for it
     * @return the caller with the profile as it is now, or empty when {@code identify} would refuse
     */
    public Optional<Identification.Identified> recognizeAgain(RequestFacts facts, AuthContext host) {
        RequestFacts later = facts.withPresentation(facts.presentation().ongoing());
        return active(later, identifier.identify(later, host));
    }

    private Optional<Identification.Identified> active(RequestFacts facts, CallerIdentifier.Found found) {
        return found.caller()
                .filter(caller -> Entitlement.activity(
                                caller.profile(), facts.source().address(), records.now())
                        .isEmpty())
                .map(Identification.Identified::new);
    }

    /**
     * Lists what the caller may call. Listing, searching and describing show these operations and no others.
     *
     * @param caller who asks
     * @return the operations in the order of their ids
     */
    public List<PublishedOperation> visible(Caller caller) {
        return catalog.operations().stream()
                .filter(operation -> entitlement.decide(caller, operation) instanceof Decision.Allow)
                .toList();
    }

    /**
     * Finds an operation that the caller may call. One that does not exist and one that is not open to the caller are both
     * empty.
     *
     * @param caller who asks
     * @param operationId the id as it came in
     * @return the operation, or empty
     */
    public Optional<PublishedOperation> find(Caller caller, String operationId) {
        return catalog.find(operationId)
                .filter(operation -> entitlement.decide(caller, operation) instanceof Decision.Allow);
    }

    /**
     * Says whether a feature of the service's own, or an operation, is open to the caller. The same decision lets it be listed
     * and called.
     *
     * @param caller who asks
     * @param published what is asked for
     * @return whether it is there for this caller
     */
    public boolean allows(Caller caller, PublishedOperation published) {
        return entitlement.decide(caller, published) instanceof Decision.Allow;
    }

    /**
     * Refuses a call of what {@link #find} did not find. The caller sees the same for what does not exist and what is not open;
     * the record keeps them apart.
     *
     * @param facts what is known of the request
     * @param caller who called
     * @param operationId the id as it came in
     * @return the recorded refusal, limited as {@link #refuse(RequestFacts, Caller, Deny)} is
     */
    public Refusal unavailable(RequestFacts facts, Caller caller, String operationId) {
        Optional<PublishedOperation> hidden = catalog.find(operationId);
        return hidden.map(operation -> unavailable(facts, caller, operation))
                .orElseGet(() -> refuse(facts, caller, new Deny(Reason.OPERATION_NOT_AVAILABLE, "operation-unknown")));
    }

    /**
     * Refuses a call of something that exists and is not open to the caller, who must not learn that it exists.
     *
     * @param facts what is known of the request
     * @param caller who called
     * @param hidden what was called
     * @return the recorded refusal, limited as {@link #refuse(RequestFacts, Caller, Deny)} is
     */
    public Refusal unavailable(RequestFacts facts, Caller caller, PublishedOperation hidden) {
        String detail = entitlement.decide(caller, hidden) instanceof Deny deny ? deny.detail() : "operation-not-open";
        return refuse(
                facts.withTarget(GuardedCall.targetOf(hidden)),
                caller,
                new Deny(Reason.OPERATION_NOT_AVAILABLE, detail));
    }

    /**
     * Records that the caller listed, searched or described, within the limit for that.
     *
     * @param facts what is known of the request; its target names the tool
     * @param caller who asked
     * @return empty when that is on record and the answer may leave, else the recorded refusal
     */
    public Optional<Refusal> listed(RequestFacts facts, Caller caller) {
        LimitKey key = keyOf(caller.profile(), settings.discovery());
        Taken taken = take(List.of(new LimitDemand(key, settings.discovery())));
        AuditCaller who = RecordKeeper.describe(caller);
        if (taken instanceof Taken.Denied denied) {
            return Optional.of(deny(facts, who, denied.deny(), denied.standing()));
        }
        Taken.Granted granted = (Taken.Granted) taken;
        granted.permit().close();
        UUID callId = records.newCallId();
        boolean kept = records.keepOnly(
                callId,
                Stage.OUTCOME,
                facts,
                who,
                new AuditVerdict(true, "allowed", "discovery", RecordKeeper.describe(granted.standing(), false)),
                AuditResult.ofStatus(200, RecordKeeper.TO_ITS_RECORD),
                true);
        return kept ? Optional.empty() : Optional.of(new Refusal(Reason.AUDIT_UNAVAILABLE, callId));
    }

    /**
     * Records that the caller listens for changes, within the limit of streams open at once.
     *
     * @param facts what is known of the request
     * @param caller who listens
     * @return the stream's permit, or a recorded refusal
     */
    public Listening listening(RequestFacts facts, Caller caller) {
        LimitKey key = keyOf(caller.profile(), settings.streams());
        Taken taken = take(List.of(new LimitDemand(key, settings.streams())));
        if (taken instanceof Taken.Denied denied) {
            return deny(facts, RecordKeeper.describe(caller), denied.deny(), denied.standing());
        }
        Taken.Granted granted = (Taken.Granted) taken;
        Optional<Refusal> refusal = listed(facts, caller);
        if (refusal.isPresent()) {
            granted.permit().close();
            return refusal.get();
        }
        return new Listening.Open(granted.permit()::close);
    }

    /**
     * Decides a call and takes its permits: every limit of the profile must admit it, or none is taken.
     *
     * @param facts what is known of the request
     * @param caller who calls
     * @param operation what is called
     * @return the open call, or a recorded refusal
     */
    public Opening open(RequestFacts facts, Caller caller, PublishedOperation operation) {
        Decision decision = entitlement.decide(caller, operation);
        if (decision instanceof Deny deny) {
            return deny(facts, caller, operation, deny, Standing.none());
        }
        Taken taken = take(demandsOf(caller.profile()));
        if (taken instanceof Taken.Denied denied) {
            return deny(facts, caller, operation, denied.deny(), denied.standing());
        }
        Taken.Granted granted = (Taken.Granted) taken;
        return new GuardedCall(
                records,
                facts,
                caller,
                operation,
                records.newCallId(),
                ((Decision.Allow) decision).rule(),
                granted.permit(),
                granted.standing());
    }

    /**
     * Refuses a request of which nobody was identified, for a reason that a door has found: a malformed message, a foreign
     * origin, too large a body. Limited by address, as failing to authenticate is.
     *
     * @param facts what is known of the request
     * @param deny why
     * @return the recorded refusal
     */
    public Refusal refuse(RequestFacts facts, Deny deny) {
        return denyWithin(settings.failures(), byAddress(facts), facts, AuditCaller.anonymous(), deny, Reason.FLOOD);
    }

    /**
     * Refuses a request of an identified caller, for a reason that a door has found. Limited as listings are, so that
     * guessing ids is no faster than asking for them.
     *
     * @param facts what is known of the request
     * @param caller who asked
     * @param deny why
     * @return the recorded refusal
     */
    public Refusal refuse(RequestFacts facts, Caller caller, Deny deny) {
        return denyWithin(
                settings.discovery(),
                keyOf(caller.profile(), settings.discovery()),
                facts,
                RecordKeeper.describe(caller),
                deny,
                Reason.LIMIT_REACHED);
    }

    /**
     * Records a request that the service itself refused before the guard could decide, with the status it gave.
     *
     * @param facts what is known of the request
     * @param caller who called, or empty when nobody was identified
     * @param status HTTP status of the service
     * @return empty when that is on record and the service's answer may leave, else the refusal to answer with
     */
    public Optional<Refusal> refusedByService(RequestFacts facts, Optional<Caller> caller, int status) {
        RecordKeeper.Denial denial = records.keepDenial(
                facts,
                caller.map(RecordKeeper::describe).orElseGet(AuditCaller::anonymous),
                new AuditVerdict(false, Reason.REFUSED_BY_SERVICE.code(), "status-" + status, Optional.empty()),
                AuditResult.ofStatus(status, RecordKeeper.TO_ITS_RECORD));
        return denial.kept() ? Optional.empty() : Optional.of(new Refusal(Reason.AUDIT_UNAVAILABLE, denial.callId()));
    }

    /**
     * Records a request that the guard had no part in, for services that keep every request on record.
     *
     * @param facts what is known of the request
     * @param status HTTP status of the service
     * @param bytesOut size of the response body in bytes
     * @return empty when that is on record and the service's answer may leave, else the refusal to answer with
     */
    public Optional<Refusal> unguarded(RequestFacts facts, int status, long bytesOut) {
        UUID callId = records.newCallId();
        boolean kept = records.keepOnly(
                callId,
                Stage.OUTCOME,
                facts,
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "not-guarded", Optional.empty()),
                AuditResult.ofStatus(status, RecordKeeper.TO_ITS_RECORD).withBytes(0, bytesOut),
                facts.method().equals("GET") || facts.method().equals("HEAD"));
        return kept ? Optional.empty() : Optional.of(new Refusal(Reason.OUTCOME_UNRECORDED, callId));
    }

    /**
     * Tells the trail what it does not know yet, if it can be told: refusals that were counted, calls that were made without a
     * record. Called once a second and at the end.
     */
    public void settle() {
        records.settle();
    }

    /**
     * Says how an answer of the service's own that asks for a credential is to ask, where clients are told where to get a token.
     *
     * @param facts what is known of the request
     * @return a value for each line of WWW-Authenticate; empty when the service's own words stand
     */
    public List<String> challengesOfService(RequestFacts facts) {
        return challenges.isResource() ? challenges.of(Reason.UNAUTHENTICATED, facts.credential()) : List.of();
    }

    private LimitKey byAddress(RequestFacts facts) {
        return new LimitKey(
                "address", facts.source().address(), settings.failures().name());
    }

    /** Refusing is limited too: beyond the limit the caller is told to wait, and the record still names the true cause. */
    private Refusal denyWithin(
            Limit.Rate limit, LimitKey key, RequestFacts facts, AuditCaller caller, Deny deny, Reason beyond) {
        Taken taken = take(List.of(new LimitDemand(key, limit)));
        if (taken instanceof Taken.Denied exhausted) {
            return deny(facts, caller, new Deny(beyond, deny.detail()), exhausted.standing());
        }
        ((Taken.Granted) taken).permit().close();
        return deny(facts, caller, deny, Standing.none());
    }

    private Refusal deny(
            RequestFacts facts, Caller caller, PublishedOperation operation, Deny deny, Standing standing) {
        RequestFacts named = facts.withTarget(GuardedCall.targetOf(operation));
        return deny(named, RecordKeeper.describe(caller), deny, standing);
    }

    private Refusal deny(RequestFacts facts, AuditCaller caller, Deny deny, Standing standing) {
        RecordKeeper.Denial denial = records.keepDenial(
                facts,
                caller,
                new AuditVerdict(false, deny.reason().code(), deny.detail(), RecordKeeper.describe(standing, true)),
                AuditResult.ofStatus(deny.reason().httpStatus(), RecordKeeper.TO_ITS_RECORD));
        UUID callId = denial.callId();
        LOG.debug("Denied call {}: {} ({})", callId, deny.reason().code(), deny.detail());
        return denial.kept()
                ? new Refusal(
                        deny.reason(),
                        callId,
                        standing.retryAfter(),
                        standing.limit(),
                        List.of(),
                        challenges.of(deny.reason(), facts.credential()))
                : new Refusal(Reason.AUDIT_UNAVAILABLE, callId);
    }

    private static List<LimitDemand> demandsOf(Profile profile) {
        List<LimitDemand> demands = new ArrayList<>(profile.limits().size());
        for (Limit limit : profile.limits()) {
            demands.add(new LimitDemand(keyOf(profile, limit), limit));
        }
        return Collections.unmodifiableList(demands);
    }

    private static LimitKey keyOf(Profile profile, Limit limit) {
        return new LimitKey("profile", profile.id().value(), limit.name());
    }

    /** What a reservation comes to for the guard: a permit, or a denial. */
    private sealed interface Taken {
        record Granted(Permit permit, Standing standing) implements Taken {}

        record Denied(Deny deny, Standing standing) implements Taken {}
    }

    /** A limiter that throws or answers nothing gives no permit. */
    private Taken take(List<LimitDemand> demands) {
        try {
            Reservation reservation = limiter.reserve(demands);
            if (reservation instanceof Reservation.Granted granted) {
                return new Taken.Granted(granted.permit(), granted.tightest());
            }
            if (reservation instanceof Reservation.Refused refused) {
                Standing standing = refused.standing();
                return new Taken.Denied(new Deny(Reason.LIMIT_REACHED, "limit:" + standing.limit()), standing);
            }
            return new Taken.Denied(new Deny(Reason.GUARD_UNAVAILABLE, "limiter-gave-no-answer"), Standing.none());
        } catch (RuntimeException e) {
            LOG.warn("The limiter failed; the call is refused", e);
            return new Taken.Denied(new Deny(Reason.GUARD_UNAVAILABLE, "limiter-unavailable"), Standing.none());
        }
    }
}
