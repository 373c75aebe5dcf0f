package io.mcpguard.core;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.profile.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds rules that no value can ever match, because the service has no such operation or argument: most likely a name is
 * misspelled, and what the rule was meant to open or to hide is not.
 *
 * <p>That is worth a warning and no more: a service may take an operation away, and must start all the same.
 */
final class UnmatchedRules {

    private final Map<String, Predicate<List<String>>> leads = new TreeMap<>();

    UnmatchedRules(Catalog catalog, Features features) {
        for (PublishedOperation operation : catalog.operations()) {
            leads.put(operation.id(), operation.declared()::leads);
        }
        features.tools().forEach(tool -> add(tool.published(), tool.declared()));
        features.prompts().forEach(prompt -> add(prompt.published(), prompt.declared()));
        features.resources()
                .forEach(resource ->
                        add(resource.published(), resource.template().names()));
    }

    private void add(PublishedOperation feature, DeclaredNames declared) {
        leads.put(feature.id(), declared::leads);
    }

    /** One sentence for each rule that matches nothing, for a log. */
    List<String> in(ValuePolicy policy, Collection<Profile> profiles) {
        List<String> warnings = new ArrayList<>();
        policy.rules()
                .forEach(rule -> flaw(rule)
                        .ifPresent(
                                flaw -> warnings.add("the rule for audit values at " + rule.pointer() + " " + flaw)));
        for (Profile profile : profiles) {
            profile.values()
                    .forEach(rule -> flaw(rule)
                            .ifPresent(flaw -> warnings.add("profile " + profile.id() + " has a rule for values at "
                                    + rule.pointer() + ", which " + flaw)));
        }
        return warnings;
    }

    private Optional<String> flaw(ValueRule rule) {
        if (!rule.operation().equals(ValueRule.ANY) && !leads.containsKey(rule.operation())) {
            return Optional.of("is for '" + rule.operation() + "', which this service does not have");
        }
        boolean matches = leads.entrySet().stream()
                .anyMatch(
                        known -> rule.isFor(known.getKey()) && known.getValue().test(rule.tokens()));
        return matches
                ? Optional.empty()
                : Optional.of(
                        rule.operation().equals(ValueRule.ANY)
                                ? "matches no argument that an operation declares"
                                : "matches no argument that '" + rule.operation() + "' declares");
    }
}
