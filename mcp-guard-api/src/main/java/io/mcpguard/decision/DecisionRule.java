package io.mcpguard.decision;

import io.mcpguard.catalog.Operation;

/**
 * A rule of the service's owner on top of the profile's grants. It can refuse what a profile opens, never open more.
 *
 * <p>The guard asks every rule, in order, for each listing, search, description and call, on the request's own thread, until
 * one denies.
 *
 * <p>Rules for implementers, each with a test in {@code DecisionRuleContract}:
 *
 * <ul>
 *   <li><b>DR-1</b> Pure: equal input gives equal output, and nothing is changed. A rule that counts is a
 *       {@link io.mcpguard.limit.Limiter}.
 *   <li><b>DR-2</b> An exception denies the call with {@link Reason#GUARD_UNAVAILABLE}.
 *   <li><b>DR-3</b> Quick: it runs for every operation of a listing, so it asks nothing remote.
 *   <li><b>DR-4</b> Safe for use by many threads at once.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionRule {

    /**
     * Decides one operation for one caller.
     *
     * @param caller who asks
     * @param operation what for
     * @return allow to leave it to the next rule, deny to refuse
     */
    Decision decide(Caller caller, Operation operation);
}
