package io.mcpguard.core.audit;

import io.mcpguard.core.audit.JournalDamage.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The way from the tip to the first chain, along what the first record of each says of the one before. */
final class ChainWalk {

    private final ChainFiles files;
    private final @Nullable Tip tip;
    private final Findings findings;
    private final Map<ChainId, Tip> ends = new HashMap<>();
    private final Set<ChainId> passed = new HashSet<>();
    private @Nullable ChainId last;
    private @Nullable ChainId first;

    ChainWalk(ChainFiles files, @Nullable Tip tip, Findings findings) {
        this.files = files;
        this.tip = tip;
        this.findings = findings;
    }

    void back() throws IOException {
        Deque<ChainId> ahead = new ArrayDeque<>();
        ChainId start = start();
        last = start;
        if (start != null) {
            ahead.push(start);
        }
        while (!ahead.isEmpty()) {
            ChainId chain = ahead.pop();
            passed.add(chain);
            first = chain;
            Genesis genesis = files.genesis(chain);
            ChainId next = genesis == null ? below(chain) : before(chain, genesis);
            if (next != null && next.compareTo(chain) < 0) {
                ahead.push(next);
            }
        }
    }

    private @Nullable ChainId start() throws IOException {
        ChainId newest = files.chains().isEmpty() ? null : files.chains().lastKey();
        if (tip == null) {
            return newest;
        }
        ends.put(tip.chain(), tip);
        if (newest != null && newest.epoch() > tip.chain().epoch()) {
            Genesis genesis = files.genesis(newest);
            Tip before = genesis == null ? null : genesis.previous();
            // The process died, or is, between the first record of its chain and the first move of the tip.
            if (before != null && before.chain().equals(tip.chain()) && before.sequence() >= tip.sequence()) {
                return newest;
            }
        }
        return files.chains().containsKey(tip.chain()) ? tip.chain() : gone(tip, JournalVerifier.TIP);
    }

    private @Nullable ChainId before(ChainId chain, Genesis genesis) {
        Tip previous = genesis.previous();
        if (previous == null) {
            return null;
        }
        ends.put(previous.chain(), previous);
        String file = new SegmentId(chain, 1).fileName();
        return files.chains().containsKey(previous.chain()) ? previous.chain() : gone(previous, file);
    }

    /** A chain that something names and that has no file; the walk goes on with the newest chain before it. */
    private @Nullable ChainId gone(Tip chain, String namedBy) {
        if (chain.sequence() > 0) {
            String text = "The whole chain " + chain.chain() + " of " + chain.sequence() + " records is missing.";
            if (below(chain.chain()) == null) {
                findings.missingBeginning(chain, 1, namedBy, 0, text);
            } else {
                findings.damage(Kind.MISSING, namedBy, 0, chain.chain(), 1, chain.sequence(), text);
            }
        }
        return below(chain.chain());
    }

    private @Nullable ChainId below(ChainId chain) {
        SortedMap<ChainId, SortedMap<SegmentId, Path>> older = files.chains().headMap(chain);
        return older.isEmpty() ? null : older.lastKey();
    }

    /** Whether nothing of the journal is there before that chain. */
    boolean isFirst(ChainId chain) {
        return chain.equals(first);
    }

    boolean passed(ChainId chain) {
        return passed.contains(chain);
    }

    boolean isLast(ChainId chain) {
        return chain.equals(last);
    }

    /** The end of a chain as the next one or the tip says; null when nothing says. */
    @Nullable Tip end(ChainId chain) {
        return ends.get(chain);
    }
}
