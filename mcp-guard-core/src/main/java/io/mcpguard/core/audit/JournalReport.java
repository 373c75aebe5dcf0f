package io.mcpguard.core.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What {@link JournalVerifier} found.
 *
 * @param segments number of segment files read
 * @param chains number of chains
 * @param records number of records read
 * @param calls number of calls that were admitted or refused
 * @param orphans calls that were recorded as orphaned: their process died before they ended. At most 1,000
 * @param openCalls calls without an end: they are running, or their process died and no other has started. At most 1,000
 * @param damages everything that is wrong, at most 1,000; empty means whole
 * @param damageCount how many damages there are
 * @param remarks what an operator may want to know and is no damage
 * @param removedUpTo the last record of those that the journal itself has deleted, and says so; empty when it begins with its first
 * @since 0.1
 */
public record JournalReport(
        int segments,
        int chains,
        long records,
        long calls,
        List<UUID> orphans,
        List<UUID> openCalls,
        List<JournalDamage> damages,
        long damageCount,
        List<String> remarks,
        Optional<RecordMark> removedUpTo) {

    public JournalReport {
        orphans = List.copyOf(orphans);
        openCalls = List.copyOf(openCalls);
        damages = List.copyOf(damages);
        remarks = List.copyOf(remarks);
        Objects.requireNonNull(removedUpTo, "removedUpTo");
    }

    /**
     * Adds what another look at the same journal has found.
     *
     * @param more further damages
     * @param told further remarks
     * @return a report of both
     */
    public JournalReport with(List<JournalDamage> more, List<String> told) {
        List<JournalDamage> all = Stream.concat(damages.stream(), more.stream())
                .limit(Findings.MAX_LISTED)
                .toList();
        List<String> allTold = Stream.concat(remarks.stream(), told.stream()).toList();
        return new JournalReport(
                segments,
                chains,
                records,
                calls,
                orphans,
                openCalls,
                all,
                damageCount + more.size(),
                allTold,
                removedUpTo);
    }

    /**
     * Says whether nothing was edited, taken away, moved or added, as far as the files alone can tell.
     *
     * @return true when there is no damage
     */
    public boolean isWhole() {
        return damageCount == 0;
    }
}
