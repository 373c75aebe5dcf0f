package io.mcpguard.core.profile;

import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds grants that open nothing, because the service has no such product or operation, and profiles without any.
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
        for (String pattern : new TreeSet<>(grant.operations())) {
            Grant alone = new Grant(grant.product(), Set.of(pattern), Set.of("GET"));
            if (operationIds.stream().noneMatch(id -> alone.covers(grant.product(), id, "GET"))) {
                warnings.add("profile " + profile.id() + " has a grant for " + Problems.quote(pattern)
                        + ", which matches no operation of this service");
            }
        }
    }
}
