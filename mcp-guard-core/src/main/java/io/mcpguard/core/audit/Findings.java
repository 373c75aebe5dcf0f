package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects what a verification finds. For one thread. */
final class Findings {

    static final int MAX_LISTED = 1000;

    private final List<JournalDamage> damages = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<UUID> orphans = new ArrayList<>();
    private final Set<UUID> open = new LinkedHashSet<>();
    private final List<Tip> removed = new ArrayList<>();
    private @Nullable Tip beginsAfter;
    private @Nullable JournalDamage beginning;
    private long damageCount;
    private long records;
    private long calls;
    private int segments;

    void damage(Kind kind, String file, long offset, @Nullable ChainId chain, long first, long last, String text) {
        damageCount++;
        if (damages.size() < MAX_LISTED) {
            damages.add(
                    new JournalDamage(kind, file, offset, chain == null ? "" : chain.toString(), first, last, text));
        }
    }

    void remark(String text) {
        remarks.add(text);
    }

    void segment() {
        segments++;
    }

    void record() {
        records++;
    }

    /** Everything up to that record is not there; a damage unless some record says that the journal has deleted it. */
    void missingBeginning(Tip last, long first, String file, long offset, String text) {
        beginsAfter = last;
        beginning =
                new JournalDamage(Kind.MISSING, file, offset, last.chain().toString(), first, last.sequence(), text);
    }

    private void judgeBeginning() {
        Tip last = beginsAfter;
        if (last == null || beginning == null) {
            return;
        }
        if (removed.stream().anyMatch(last::sameAs)) {
            remark("The journal begins after " + last + "; it says itself that it has deleted what was before.");
        } else {
            damageCount++;
            damages.add(beginning);
            beginsAfter = null;
        }
    }

    void event(AuditEvent event) {
        RemovedRecords.of(event).ifPresent(said -> removed.add(said.last()));
        UUID call = event.callId();
        boolean wasOpen = OpenCalls.ends(event.stage()) && open.remove(call);
        if (event.stage() == Stage.INTENT && open.add(call)) {
            calls++;
        } else if (!wasOpen && (event.stage() == Stage.DENIED || event.stage() == Stage.OUTCOME)) {
            // A refusal and a listing have no intent.
            calls++;
        } else if (event.stage() == Stage.ORPHANED && orphans.size() < MAX_LISTED) {
            orphans.add(call);
        }
    }

    JournalReport report(int chains) {
        judgeBeginning();
        return new JournalReport(
                segments,
                chains,
                records,
                calls,
                orphans,
                open.stream().limit(MAX_LISTED).toList(),
                damages,
                damageCount,
                remarks,
                Optional.ofNullable(beginsAfter).map(RecordMark::of));
    }
}
