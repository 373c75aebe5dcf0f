package io.mcpguard.core.audit;

import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.TipFile.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a journal is as it was written, also while it is being written to. Needs no lock and changes nothing.
 *
 * <p>Each record holds the hash of the one before; the first of a chain names the end of the chain before; the tip names the
 * end of the last. So the verifier walks from the tip back to find the chains that belong together, and then reads each from
 * front to back. What it cannot see is in docs/audit-journal.md: somebody who can rewrite the whole folder can rewrite it
 * consistently.
 *
 * @since 0.1
 */
public final class JournalVerifier {

    static final String TIP = "tip";

    /** A killed process leaves at most one write beyond the tip. */
    private static final int MAX_BEYOND_TIP = 1024;

    private final JournalFolder folder;

    /**
     * Makes a verifier.
     *
     * @param folder the journal's folder
     */
    public JournalVerifier(Path folder) {
        this.folder = new JournalFolder(folder);
    }

    /**
     * Reads the whole journal.
     *
     * @return what was found
     * @throws IOException when there is no journal, or its files cannot be opened
     */
    public JournalReport verify() throws IOException {
        return verify(RecordVisitor.none());
    }

    /**
     * Reads the whole journal and shows its records to somebody.
     *
     * @param visitor sees every record of every chain that belongs to the journal, in the order of writing
     * @return what was found
     * @throws IOException when there is no journal, or its files cannot be opened
     */
    public JournalReport verify(RecordVisitor visitor) throws IOException {
        if (!Files.isDirectory(folder.path())) {
            throw new NoSuchFileException(folder.path().toString());
        }
        TipFile.Reading tip = TipFile.read(folder.tip());
        while (true) {
            Findings findings = new Findings();
            // The tip first: what it names has been written before, so it must be there, whatever is written meanwhile.
            ChainFiles files = files(findings);
            if (files == null) {
                continue;
            }
            TipFile.Reading now = TipFile.read(folder.tip());
            if (namesAnotherChain(tip, now)) {
                tip = now;
                continue;
            }
            if (files.chains().isEmpty() && tip.state() == State.MISSING) {
                throw new NoSuchFileException(folder.path() + " holds no audit journal");
            }
            Tip end = check(files, tip.tip(), findings, visitor);
            tip(tip, end, findings);
            return findings.report(files.chains().size());
        }
    }

    /** The files, or null when retention has deleted one since they were listed. */
    private @Nullable ChainFiles files(Findings findings) throws IOException {
        try {
            return ChainFiles.in(folder, findings);
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(folder.path())) {
                return null;
            }
            throw e;
        }
    }

    private static boolean namesAnotherChain(TipFile.Reading before, TipFile.Reading now) {
        Tip one = before.tip();
        Tip other = now.tip();
        return one == null ? other != null : other != null && !one.chain().equals(other.chain());
    }

    /** Reads every chain; returns the number of the last record of the last chain, with no hash. */
    private @Nullable Tip check(ChainFiles files, @Nullable Tip tip, Findings findings, RecordVisitor visitor)
            throws IOException {
        Tip end = null;
        ChainWalk walk = new ChainWalk(files, tip, findings);
        walk.back();
        for (Map.Entry<ChainId, SortedMap<SegmentId, Path>> chain :
                files.chains().entrySet()) {
            if (!walk.passed(chain.getKey())) {
                foreign(chain.getKey(), chain.getValue(), findings);
                continue;
            }
            boolean isLast = walk.isLast(chain.getKey());
            ChainCheck check = new ChainCheck(
                    chain.getKey(), walk.end(chain.getKey()), walk.isFirst(chain.getKey()), isLast, findings, visitor);
            long last = check.run(chain.getValue());
            if (isLast) {
                beyondTip(chain.getKey(), check, last, tip, findings);
                end = new Tip(chain.getKey(), last, JournalFormat.noHash());
            }
        }
        return end;
    }

    private static void foreign(ChainId chain, SortedMap<SegmentId, Path> segments, Findings findings) {
        for (Path file : segments.values()) {
            findings.damage(
                    Kind.FOREIGN,
                    file.getFileName().toString(),
                    0,
                    chain,
                    0,
                    0,
                    "No other chain of this journal" + " knows the chain " + chain + ".");
        }
    }

    /** A tip that stands still while records follow it is an old one that somebody put back. */
    private void beyondTip(ChainId chain, ChainCheck check, long last, @Nullable Tip tip, Findings findings)
            throws IOException {
        if (tip == null) {
            return;
        }
        long allowed = tip.chain().equals(chain) ? tip.sequence() + MAX_BEYOND_TIP : check.firstWrite();
        Tip now = TipFile.read(folder.tip()).tip();
        if (last > allowed && now != null && now.sameAs(tip)) {
            findings.damage(
                    Kind.EDITED,
                    TIP,
                    0,
                    chain,
                    allowed + 1,
                    last,
                    "The tip names " + tip + ", but the journal goes" + " on to " + chain + " record " + last + ".");
        }
    }

    private static void tip(TipFile.Reading reading, @Nullable Tip end, Findings findings) {
        Tip tip = reading.tip();
        if (reading.state() == State.MISSING) {
            tip(Kind.MISSING, "The tip is missing: records at the end of the last chain may be gone.", findings);
        } else if (reading.state() == State.DAMAGED) {
            tip(Kind.EDITED, "The tip was edited: records at the end of the last chain may be gone.", findings);
        } else if (reading.state() == State.HALF && (end == null || tip == null || !end.isAfter(tip))) {
            tip(Kind.EDITED, "One slot of the tip was edited; the other one names " + tip + ".", findings);
        } else if (reading.state() == State.HALF) {
            findings.remark(
                    "One slot of the tip is half written, as a kill leaves it; the other one names " + tip + ".");
        }
    }

    private static void tip(Kind kind, String text, Findings findings) {
        findings.damage(kind, TIP, 0, null, 0, 0, text);
    }
}
