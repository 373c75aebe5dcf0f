package io.mcpguard.core.profile;

import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.OperationNames;
import io.mcpguard.profile.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Finds grants that open nothing and rules that close nothing, because the service has no such product or operation, and
 * profiles without any grant.
 *
 * <p>That is worth a warning and no more: a service may take an operation away, and must start all the same.
 *
 * @since 0.1
 */
public final class UnmatchedGrants {

    private UnmatchedGrants() {}

    /**
     * Names grants that mention products or operations that are not there.
     *
     * @param profiles the profiles
     * @param products ids of the products there are
     * @param operationIds ids of the operations there are
     * @return one sentence a product or pattern, for a log
     */
    public static List<String> unknownTo(Collection<Profile> profiles, Set<String> products, Set<String> operationIds) {
        List<String> warnings = new ArrayList<>();
        for (Profile profile : profiles) {
            if (profile.grants().isEmpty()) {
                warnings.add("profile " + profile.id() + " has no grants and opens nothing");
            }
            unknownDenials(profile, products, operationIds, warnings);
            for (Grant grant : profile.grants()) {
                if (!products.contains(grant.product())) {
                    warnings.add("profile " + profile.id() + " has a grant for product "
                            + Problems.quote(grant.product()) + ", which this service does not have");
                } else {
                    unknownOperations(profile, grant, operationIds, warnings);
                }
            }
        }
        return warnings;
    }

    private static void unknownOperations(
            Profile profile, Grant grant, Set<String> operationIds, List<String> warnings) {
        for (String pattern : without(grant.operations(), operationIds)) {
            warnings.add("profile " + profile.id() + " has a grant for " + Problems.quote(pattern)
                    + ", which matches no operation of this service");
        }
    }

    /** A rule that closes nothing is worse than a grant that opens nothing: somebody relies on it. */
    private static void unknownDenials(
            Profile profile, Set<String> products, Set<String> operationIds, List<String> warnings) {
        for (DenyRule rule : profile.denials()) {
            String start = "profile " + profile.id() + " has the rule " + rule.name() + " to deny ";
            rule.product()
                    .filter(product -> !products.contains(product))
                    .ifPresent(product -> warnings.add(
                            start + "product " + Problems.quote(product) + ", which this service does not have"));
            rule.operations().stream()
                    .flatMap(names -> without(names, operationIds).stream())
                    .forEach(pattern -> warnings.add(
                            start + Problems.quote(pattern) + ", which matches no operation of this service"));
        }
    }

    private static List<String> without(OperationNames names, Set<String> operationIds) {
        return names.texts().stream()
                .sorted()
                .filter(text -> {
                    OperationNames alone = OperationNames.of(Set.of(text));
                    return operationIds.stream().noneMatch(alone::includes);
                })
                .toList();
    }
}
