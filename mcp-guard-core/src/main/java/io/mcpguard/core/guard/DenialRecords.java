package io.mcpguard.core.guard;

/**
 * How many records refusals get.
 *
 * @since 0.1
 */
public enum DenialRecords {
    /** One for each refusal. */
    EACH,
    /**
     * One for the first refusal, and one a second for all that repeat it: the same caller from the same address, the same target,
     * the same cause. A client that loops then writes two records where it would write thousands. A process that is killed takes
     * with it the count of the last second; calls that are let through keep all of their records.
     */
    PER_SECOND
}
