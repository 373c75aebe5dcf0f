package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalStatus.Room;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the journal writes about itself. */
final class JournalNotices {

    static final String STARTED = "journal-started";
    static final String STOPPED = "journal-stopped";
    static final String MENDED = "journal-mended";
    static final String CONTINUED = "journal-continued";
    static final String QUOTA = "journal-quota";

    static final String CHAIN = "/chain";
    static final String PREVIOUS_CHAIN = "/previous/chain";
    static final String PREVIOUS_SEQUENCE = "/previous/sequence";
    static final String PREVIOUS_HASH = "/previous/hash";
    static final String PREVIOUS_TIP = "/previous/tip";
    static final String TORN_BYTES = "/previous/tornBytes";
    static final String ORPHANS = "/orphans";
    static final String OPEN_CALLS = "/openCalls";
    static final String OPEN_SINCE = "/openSince";
    static final String REFUSED = "/refused";
    static final String CAUSE = "/cause";

    private final Uuid7 ids;
    private final InstantSource clock;

    JournalNotices(Uuid7 ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** The first record of a chain: it names the end of the chain before, so that nothing can be taken off there. */
    AuditEvent started(ChainId chain, Recovery found) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put(CHAIN, chain.toString());
        said.put(ORPHANS, Integer.toString(found.orphans().size()));
        said.put(PREVIOUS_TIP, found.tipState());
        Tip previous = found.previous();
        if (previous != null) {
            said.put(PREVIOUS_CHAIN, previous.chain().toString());
            said.put(PREVIOUS_SEQUENCE, Long.toString(previous.sequence()));
            said.put(PREVIOUS_HASH, JournalFormat.hex(previous.hash()));
        }
        if (found.tornBytes() > 0) {
            said.put(TORN_BYTES, Long.toString(found.tornBytes()));
        }
        return notice(STARTED, chain, said);
    }

    /** The last record of a chain that was closed. */
    AuditEvent stopped(ChainId chain, OpenCalls open) {
        return notice(STOPPED, chain, Map.of(OPEN_CALLS, open.count()));
    }

    /** The first record of a segment that is not the first: from where on to look for open calls. */
    AuditEvent continued(ChainId chain, long openSince) {
        return notice(CONTINUED, chain, Map.of(OPEN_SINCE, Long.toString(openSince)));
    }

    /** The first record after a time in which nothing could be written. */
    AuditEvent mended(ChainId chain, long openSince, long refused, Throwable cause) {
        return notice(
                MENDED,
                chain,
                Map.of(
                        OPEN_SINCE,
                        Long.toString(openSince),
                        REFUSED,
                        Long.toString(refused),
                        CAUSE,
                        String.valueOf(cause)));
    }

    /** The end of a call whose process died. */
    AuditEvent orphaned(AuditEvent intent) {
        AuditResult unknown = new AuditResult(
                Outcome.UNKNOWN,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                intent.result().bytesIn(),
                OptionalLong.empty());
        return new AuditEvent(
                ids.next(),
                intent.callId(),
                Stage.ORPHANED,
                clock.instant(),
                intent.channel(),
                intent.method(),
                intent.target(),
                intent.caller(),
                intent.verdict(),
                unknown,
                intent.source(),
                Map.of(),
                Optional.empty());
    }

    /**
     * The room for records has become short, or is enough again.
     *
     * @param quota most bytes of all segments
     * @param room for whom there is room now
     * @param refused how many records were refused since there was room for all
     */
    AuditEvent room(ChainId chain, long quota, Room room, long refused) {
        Outcome outcome = room == Room.FOR_ALL ? Outcome.SUCCESS : Outcome.FAILURE;
        return new SelfNotice(
                        QUOTA,
                        new AuditTarget("journal", chain.toString()),
                        outcome,
                        Map.of(
                                "/room",
                                room.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                "/quota",
                                Long.toString(quota),
                                REFUSED,
                                Long.toString(refused)))
                .event(ids.next(), clock.instant());
    }

    private AuditEvent notice(String what, ChainId chain, Map<String, String> said) {
        return SelfNotice.of(what, new AuditTarget("journal", chain.toString()), said)
                .event(ids.next(), clock.instant());
    }
}
