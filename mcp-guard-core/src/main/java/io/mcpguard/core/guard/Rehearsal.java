package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.profile.MemoryProfileStore;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.decision.Caller;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Says how the guard would decide a call, without a service and without the call.
 *
 * <p>There is no second decision here: a {@link Guard} decides, as it does in the service, with a limiter that never refuses and a
 * trail that is forgotten, and what it would have recorded is the answer. The owner's own rules, the service's own security and
 * what limits have left are not known, and can refuse what this allows.
 *
 * @since 0.1
 */
public final class Rehearsal {

    private final Catalog catalog;
    private final Profile profile;

    /**
     * Prepares to decide calls.
     *
     * @param catalog what the service publishes
     * @param profile by which profile
     */
    public Rehearsal(Catalog catalog, Profile profile) {
        this.catalog = catalog;
        this.profile = profile;
    }

    /**
     * A call that is not made.
     *
     * @param operationId id of the operation
     * @param clientId the X-Client-ID header
     * @param address where it would come from
     * @param time when
     * @since 0.1
     */
    public record Call(String operationId, Optional<String> clientId, String address, Instant time) {}

    /**
     * What the guard would have recorded, and why.
     *
     * @param verdict the verdict of the record
     * @param reasons what every part of the profile says of the operation, a sentence each; empty when the call would not get
     *     that far
     * @since 0.1
     */
    public record Answer(AuditVerdict verdict, List<String> reasons) {
        public Answer {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Decides a call.
     *
     * @param call the call
     * @return the answer
     */
    public Answer of(Call call) {
        List<AuditEvent> records = new ArrayList<>();
        Guard guard = guard(call, records);
        RequestFacts facts = new RequestFacts(
                Channel.MCP,
                "tools/call",
                AuditTarget.unknown(),
                Optional.of(new Credential("bearer", "rehearsed")),
                Presentation.none(),
                call.clientId(),
                Optional.of(profile.id().value()),
                AuditSource.of(call.address(), 0),
                call.time());
        Identification identification = guard.identify(facts, AuthContext.none());
        if (identification instanceof Identification.Identified identified) {
            decide(guard, facts, identified.caller(), call);
        }
        AuditVerdict verdict = records.get(records.size() - 1).verdict();
        boolean identified = identification instanceof Identification.Identified;
        return new Answer(verdict, identified ? reasons(call.operationId()) : List.of());
    }

    private static void decide(Guard guard, RequestFacts facts, Caller caller, Call call) {
        Optional<PublishedOperation> found = guard.find(caller, call.operationId());
        if (found.isEmpty()) {
            guard.unavailable(facts, caller, call.operationId());
        } else if (guard.open(facts, caller, found.get()) instanceof GuardedCall open) {
            open.begin(Map.of(), 0);
        }
    }

    private Guard guard(Call call, List<AuditEvent> records) {
        MemoryProfileStore store = new MemoryProfileStore();
        store.put(profile);
        return new Guard(
                catalog,
                store,
                List.of((credential, presentation) -> new Verification.Verified("", profile.id(), Optional.empty())),
                List.of(),
                demands -> new Reservation.Granted(Permit.unlimited(), Standing.none()),
                records::add,
                () -> new UUID(0, 0),
                call::time,
                GuardSettings.standard(),
                UnrecordedCalls.refused(),
                DenialRecords.EACH,
                new Challenges(Optional.empty()));
    }

    private List<String> reasons(String operationId) {
        Optional<PublishedOperation> operation = catalog.find(operationId);
        if (operation.isEmpty()) {
            return List.of("the service has no such operation");
        }
        List<String> reasons = new ArrayList<>();
        if (profile.grants().isEmpty()) {
            reasons.add("the profile has no grants and opens nothing");
        }
        for (Grant grant : profile.grants()) {
            reasons.add("grant of product " + grant.product() + ": " + sentence(grant, operation.get()));
        }
        for (DenyRule rule : profile.denials()) {
            boolean closes = rule.closes(operation.get().operation());
            boolean trial = rule.trial() || profile.trial();
            reasons.add("deny rule " + rule.name() + ": "
                    + (closes ? (trial ? "on trial, would close it" : "closes it") : "is not about it"));
        }
        return reasons;
    }

    private static String sentence(Grant grant, PublishedOperation operation) {
        return switch (grant.fit(operation.operation())) {
            case OPEN -> "opens it, by " + String.join("", grant.operations().fitting(operation.id()));
            case OTHER_PRODUCT ->
                "does not open it, which belongs to product "
                        + operation.product().id();
            case OTHER_OPERATION -> "does not open it: no id or glob of 'operations' fits " + operation.id();
            case OTHER_METHOD ->
                "does not open it: 'methods' lacks " + operation.operation().method();
            case OTHER_TAG -> "does not open it: it carries none of the 'tags'";
            case NOT_READ_ONLY -> "does not open it: 'readOnly' is set, and it may change something";
        };
    }
}
