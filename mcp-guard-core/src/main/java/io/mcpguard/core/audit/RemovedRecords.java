package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditTarget;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal says before it deletes a segment: the last record that goes. A journal may begin after such a record and
 * nowhere else; with its hash, whoever has an archive of what was deleted can tell that it is that.
 *
 * @param last the last record that is deleted
 */
record RemovedRecords(Tip last) {

    static final String METHOD = "journal-removed";

    private static final String CHAIN = "/chain";
    private static final String SEQUENCE = "/sequence";
    private static final String HASH = "/hash";

    SelfNotice notice() {
        return SelfNotice.of(
                METHOD,
                new AuditTarget("journal", last.chain().toString()),
                Map.of(
                        CHAIN, last.chain().toString(),
                        SEQUENCE, Long.toString(last.sequence()),
                        HASH, JournalFormat.hex(last.hash())));
    }

    static boolean isOne(AuditEvent event) {
        return SelfNotice.is(event, METHOD);
    }

    /** What a record says; empty when it says nothing of the kind. */
    static Optional<RemovedRecords> of(AuditEvent event) {
        if (!isOne(event)) {
            return Optional.empty();
        }
        Map<String, String> said = event.arguments();
        try {
            long sequence = Long.parseLong(said.getOrDefault(SEQUENCE, ""));
            byte[] hash = HexFormat.of().parseHex(said.getOrDefault(HASH, ""));
            return ChainId.parse(said.getOrDefault(CHAIN, ""))
                    .map(chain -> new RemovedRecords(new Tip(chain, sequence, hash)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
