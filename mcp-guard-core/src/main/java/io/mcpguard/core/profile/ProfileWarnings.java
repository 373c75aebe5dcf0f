package io.mcpguard.core.profile;

import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is no mistake in a profile and worth a second look all the same.
 *
 * @since 0.1
 */
public final class ProfileWarnings {

    private static final Duration SOON = Duration.ofDays(30);

    private ProfileWarnings() {}

    /**
     * Looks at one profile.
     *
     * @param profile the profile
     * @param now the time
     * @return one sentence a finding, with what to do
     */
    public static List<String> of(Profile profile, Instant now) {
        List<String> warnings = new ArrayList<>();
        String start = "profile " + profile.id();
        if (profile.grants().isEmpty()) {
            warnings.add(start + " has no grants and opens nothing");
        }
        for (Grant grant : profile.grants()) {
            if (grant.operations().texts().contains("*")) {
                warnings.add(start + " opens every operation of product " + Problems.quote(grant.product())
                        + (grant.readOnly() ? " that only reads" : "")
                        + ", those to come as well; name the operations");
            }
        }
        if (profile.limits().isEmpty()) {
            warnings.add(start + " has no limits; a program that loops can call without end");
        }
        warnings.addAll(use(profile, start, now));
        trial(profile).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    private static List<String> use(Profile profile, String start, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (profile.state() == State.SUSPENDED || profile.client().state() == State.SUSPENDED) {
            warnings.add(start + " is suspended, or its client is; nobody can use it");
        }
        Optional<Instant> until = profile.validUntil();
        if (until.isEmpty()) {
            warnings.add(start + " never expires; set 'validUntil' so that somebody looks at it again");
        } else if (!now.isBefore(until.get())) {
            warnings.add(start + " has expired; take it out or set a later 'validUntil'");
        } else if (!now.plus(SOON).isBefore(until.get())) {
            warnings.add(start + " expires within 30 days, at " + until.get());
        }
        if (profile.owner().isEmpty()) {
            warnings.add(start + " has no owner; set 'owner' so that people know whom to ask");
        }
        return warnings;
    }

    /**
     * Finds profiles whose rules, or some of whose rules, only watch.
     *
     * @param profiles the profiles
     * @return one sentence a profile, for a log
     */
    public static List<String> onTrial(Collection<Profile> profiles) {
        return profiles.stream().flatMap(profile -> trial(profile).stream()).toList();
    }

    private static Optional<String> trial(Profile profile) {
        List<String> rules = profile.denials().stream()
                .filter(rule -> rule.trial() || profile.trial())
                .map(DenyRule::name)
                .toList();
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of("profile " + profile.id() + " has rules on trial, which refuse nothing: "
                        + String.join(", ", rules));
    }
}
