package io.mcpguard.core.guard;

import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
import io.mcpguard.profile.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one decision function. What is listed, found, described and callable is what {@link #decide} allows, and nothing else
 * decides.
 */
final class Entitlement {

    private static final Logger LOG = LoggerFactory.getLogger(Entitlement.class);

    /** Stands in the detail of a call that was let through in front of every rule that would have refused it. */
    static final String TRIAL = " trial:";

    private final List<DecisionRule> rules;

    Entitlement(List<DecisionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Decides one operation for one caller: a grant must open it, no rule of the profile may close it and none may refuse it. */
    Decision decide(Caller caller, PublishedOperation operation) {
        Profile profile = caller.profile();
        Grant grant = grant(profile, operation);
        if (grant == null) {
            return new Decision.Deny(Reason.OPERATION_NOT_AVAILABLE, "no-grant");
        }
        String onTrial = "";
        for (DenyRule denial : profile.denials()) {
            if (denial.closes(operation.operation())) {
                if (!profile.trial() && !denial.trial()) {
                    return new Decision.Deny(Reason.OPERATION_NOT_AVAILABLE, "deny:" + denial.name());
                }
                onTrial += TRIAL + "deny:" + denial.name();
            }
        }
        for (DecisionRule rule : rules) {
            if (ask(rule, caller, operation) instanceof Decision.Deny deny) {
                return deny;
            }
        }
        return new Decision.Allow("grant:" + grant.product() + onTrial);
    }

    /** The first grant that opens the operation, or null when none does. */
    private static @Nullable Grant grant(Profile profile, PublishedOperation operation) {
        for (Grant candidate : profile.grants()) {
            if (candidate.covers(operation.operation())) {
                return candidate;
            }
        }
        return null;
    }

    /** A rule that throws or answers nothing denies (DR-2). */
    private static Decision ask(DecisionRule rule, Caller caller, PublishedOperation operation) {
        try {
            Decision decision = rule.decide(caller, operation.operation());
            return decision == null ? new Decision.Deny(Reason.GUARD_UNAVAILABLE, "rule-gave-no-answer") : decision;
        } catch (RuntimeException e) {
            LOG.warn("A decision rule failed on {}; the call is denied", operation.id(), e);
            return new Decision.Deny(Reason.GUARD_UNAVAILABLE, "rule-failed");
        }
    }

    private static boolean isOpen(List<TimeWindow> times, Instant now) {
        for (TimeWindow window : times) {
            if (window.contains(now)) {
                return true;
            }
        }
        return times.isEmpty();
    }

    /** Whether the profile may be used at all, now and from this address. */
    static Optional<Decision.Deny> activity(Profile profile, String address, Instant now) {
        if (profile.client().state() != State.ENABLED) {
            return Optional.of(new Decision.Deny(Reason.PROFILE_INACTIVE, "client-suspended"));
        }
        if (profile.state() != State.ENABLED) {
            return Optional.of(new Decision.Deny(Reason.PROFILE_INACTIVE, "profile-suspended"));
        }
        if (profile.validFrom().filter(now::isBefore).isPresent()) {
            return Optional.of(new Decision.Deny(Reason.PROFILE_INACTIVE, "profile-not-yet-valid"));
        }
        if (profile.validUntil().filter(until -> !now.isBefore(until)).isPresent()) {
            return Optional.of(new Decision.Deny(Reason.PROFILE_INACTIVE, "profile-expired"));
        }
        if (!isOpen(profile.times(), now)) {
            return Optional.of(new Decision.Deny(Reason.PROFILE_INACTIVE, "outside-times"));
        }
        List<AddressRange> networks = profile.networks();
        if (!networks.isEmpty() && networks.stream().noneMatch(range -> range.contains(address))) {
            return Optional.of(new Decision.Deny(Reason.NETWORK_NOT_ALLOWED, "address-outside-networks"));
        }
        return Optional.empty();
    }
}
