package io.mcpguard.core.guard;

import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
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

    private final List<DecisionRule> rules;

    Entitlement(List<DecisionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Decides one operation for one caller: a grant must open it and no rule may refuse it. */
    Decision decide(Caller caller, PublishedOperation operation) {
        Grant grant = grant(caller.profile(), operation);
        if (grant == null) {
            return new Decision.Deny(Reason.OPERATION_NOT_AVAILABLE, "no-grant");
        }
        for (DecisionRule rule : rules) {
            if (ask(rule, caller, operation) instanceof Decision.Deny deny) {
                return deny;
            }
        }
        return new Decision.Allow("grant:" + grant.product());
    }

    /** The first grant that opens the operation, or null when none does. */
    private static @Nullable Grant grant(Profile profile, PublishedOperation operation) {
        String product = operation.product().id();
        String method = operation.operation().method();
        for (Grant candidate : profile.grants()) {
            if (candidate.covers(product, operation.id(), method)) {
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
        List<AddressRange> networks = profile.networks();
        if (!networks.isEmpty() && networks.stream().noneMatch(range -> range.contains(address))) {
            return Optional.of(new Decision.Deny(Reason.NETWORK_NOT_ALLOWED, "address-outside-networks"));
        }
        return Optional.empty();
    }
}
