package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first record of a chain says.
 *
 * @param chain the chain it began
 * @param previous the end of the chain before, or null when there was none
 * @param tipState how the tip was found
 * @param orphans how many orphaned records follow
 */
record Genesis(ChainId chain, @Nullable Tip previous, String tipState, long orphans) {

    static Optional<Genesis> of(AuditEvent event) {
        if (!event.method().equals(JournalNotices.STARTED)) {
            return Optional.empty();
        }
        Map<String, String> said = event.arguments();
        try {
            Optional<ChainId> chain = ChainId.parse(said.getOrDefault(JournalNotices.CHAIN, ""));
            Optional<ChainId> before = ChainId.parse(said.getOrDefault(JournalNotices.PREVIOUS_CHAIN, ""));
            Optional<Tip> previous = before.map(id -> new Tip(
                    id,
                    Long.parseLong(said.getOrDefault(JournalNotices.PREVIOUS_SEQUENCE, "")),
                    HexFormat.of().parseHex(said.getOrDefault(JournalNotices.PREVIOUS_HASH, ""))));
            long orphans = Long.parseLong(said.getOrDefault(JournalNotices.ORPHANS, ""));
            String state = said.getOrDefault(JournalNotices.PREVIOUS_TIP, "");
            return chain.map(id -> new Genesis(id, previous.orElse(null), state, orphans));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the tip was as a journal leaves it, so that the end of the chain before is known. */
    boolean knewTheTip() {
        return tipState.equals(Recovery.FOUND) || tipState.equals(Recovery.NEW);
    }

    byte[] previousHash() {
        return previous == null ? JournalFormat.noHash() : previous.hash();
    }
}
