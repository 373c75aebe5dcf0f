package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.JournalFormat.Header;
import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import io.mcpguard.core.audit.SegmentScanner.Unreadable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one chain from its first to its last record. For one thread, for one use. */
final class ChainCheck {

    private final ChainId chain;
    private final @Nullable Tip claimed;
    private final boolean isFirst;
    private final boolean isLast;
    private final Findings findings;
    private final RecordVisitor visitor;
    private final MissingRecords missing = new MissingRecords();
    private String file = "";
    private @Nullable Header header;
    private @Nullable Genesis genesis;
    private @Nullable Tip before;
    private long sequence;
    private byte @Nullable [] hash;
    private String lastFile = "";
    private long lastOffset;
    private long end;
    private @Nullable Unreadable hole;
    private String holeFile = "";

    /**
     * Prepares the check of a chain.
     *
     * @param chain which chain
     * @param claimed its end, as the chain after it or the tip says; null when nothing says
     * @param isFirst whether nothing of the journal is there before it
     * @param isLast whether the process that wrote it may be running or may have been killed in the middle of a write
     * @param findings takes what is found
     * @param visitor sees the records that stand where they belong
     */
    ChainCheck(
            ChainId chain,
            @Nullable Tip claimed,
            boolean isFirst,
            boolean isLast,
            Findings findings,
            RecordVisitor visitor) {
        this.isFirst = isFirst;
        this.chain = chain;
        this.claimed = claimed;
        this.isLast = isLast;
        this.findings = findings;
        this.visitor = visitor;
    }

    /** Reads the chain and returns the number of its last record. */
    long run(Map<SegmentId, Path> segments) throws IOException {
        for (Path segment : segments.values()) {
            file = segment.getFileName().toString();
            try (SegmentScanner scanner = new SegmentScanner(segment)) {
                header(scanner.header());
                Piece piece = scanner.next();
                for (; !(piece instanceof Tail); piece = scanner.next()) {
                    if (piece instanceof Frame frame) {
                        frame(frame);
                    } else if (piece instanceof Unreadable unreadable) {
                        hole(unreadable);
                    }
                }
                tail((Tail) piece);
            }
        }
        end();
        return sequence;
    }

    private void header(Optional<Header> read) {
        header = read.orElse(null);
        byte[] before = hash;
        if (header != null
                && before != null
                && header.id().firstSequence() == sequence + 1
                && !Arrays.equals(header.previousHash(), before)) {
            damage(
                    Kind.EDITED,
                    file,
                    0,
                    sequence + 1,
                    sequence + 1,
                    "The header of the segment does not follow record " + sequence + ".");
        }
    }

    private void frame(Frame frame) {
        findings.record();
        if (header == null && frame.offset() == JournalFormat.HEADER_BYTES) {
            damage(Kind.EDITED, file, 0, frame.sequence(), frame.sequence(), "The header of the segment was edited.");
        }
        if (header != null
                && frame.sequence() == header.id().firstSequence()
                && !Arrays.equals(header.previousHash(), frame.previousHash())) {
            damage(
                    Kind.EDITED,
                    file,
                    0,
                    frame.sequence(),
                    frame.sequence(),
                    "The header of the segment and its first" + " record do not agree on the record before.");
        }
        AuditEvent event = event(frame);
        if (frame.sequence() > sequence) {
            fillHole(frame);
            follow(frame);
            visitor.visit(
                    new RecordMark(chain.toString(), sequence, JournalFormat.hex(frame.hash())),
                    Optional.ofNullable(event),
                    file,
                    frame.offset());
        } else if (missing.found(frame.sequence())) {
            closeHole();
            damage(
                    Kind.SWAPPED,
                    file,
                    frame.offset(),
                    frame.sequence(),
                    frame.sequence(),
                    "Record " + frame.sequence() + " stands after record " + sequence + ".");
        } else {
            closeHole();
            damage(
                    Kind.FOREIGN,
                    file,
                    frame.offset(),
                    frame.sequence(),
                    frame.sequence(),
                    "Record " + frame.sequence() + " stands here a second time.");
        }
    }

    /** Records between the last one and this one: unreadable when there are such bytes, else not there. */
    private void fillHole(Frame frame) {
        long first = sequence + 1;
        long last = frame.sequence() - 1;
        Unreadable bytes = hole;
        if (last < first) {
            closeHole();
        } else if (bytes != null) {
            damage(Kind.EDITED, holeFile, bytes.offset(), first, last, records(first, last) + " cannot be read.");
            hole = null;
        } else {
            missing.add(first, last, file, frame.offset());
            if (isFirst && sequence == 0) {
                before = new Tip(chain, last, frame.previousHash());
            }
        }
    }

    private void closeHole() {
        Unreadable bytes = hole;
        if (bytes != null) {
            damage(Kind.FOREIGN, holeFile, bytes.offset(), 0, 0, bytes.length() + " bytes belong to no record.");
            hole = null;
        }
    }

    private void follow(Frame frame) {
        byte[] before = hash;
        if (before != null && frame.sequence() == sequence + 1 && !Arrays.equals(before, frame.previousHash())) {
            damage(
                    Kind.EDITED,
                    lastFile,
                    lastOffset,
                    sequence,
                    sequence,
                    "Record " + sequence + " is not the one that record " + frame.sequence() + " follows.");
        }
        sequence = frame.sequence();
        hash = frame.hash();
        lastFile = file;
        lastOffset = frame.offset();
        end = frame.offset() + JournalFormat.FRAME_OVERHEAD + frame.payload().length;
        if (claimed != null && claimed.sequence() == sequence && !Arrays.equals(claimed.hash(), frame.hash())) {
            damage(
                    Kind.EDITED,
                    file,
                    frame.offset(),
                    sequence,
                    sequence,
                    "Record " + sequence + " is not the one that " + (isLast ? "the tip" : "the next chain")
                            + " names.");
        }
    }

    private @Nullable AuditEvent event(Frame frame) {
        try {
            AuditEvent event = AuditEventJson.parse(frame.payload());
            findings.event(event);
            if (frame.sequence() == 1) {
                genesis(frame, event);
            }
            return event;
        } catch (MalformedRecordException e) {
            damage(
                    Kind.EDITED,
                    file,
                    frame.offset(),
                    frame.sequence(),
                    frame.sequence(),
                    "Record " + frame.sequence() + " is not an audit event.");
            return null;
        }
    }

    private void genesis(Frame frame, AuditEvent event) {
        Genesis found = Genesis.of(event).orElse(null);
        genesis = found;
        if (found == null || !Arrays.equals(found.previousHash(), frame.previousHash())) {
            damage(Kind.EDITED, file, frame.offset(), 1, 1, "Record 1 does not say how the chain began.");
        } else if (!found.chain().equals(chain)) {
            damage(Kind.SWAPPED, file, frame.offset(), 1, 1, "Record 1 began the chain " + found.chain() + ".");
        } else if (!found.knewTheTip()) {
            damage(
                    Kind.MISSING,
                    file,
                    frame.offset(),
                    1,
                    1,
                    "The tip was " + found.tipState() + " when this chain"
                            + " began: records at the end of the chain before it may be gone.");
        }
    }

    private void hole(Unreadable unreadable) {
        closeHole();
        hole = unreadable;
        holeFile = file;
    }

    private void tail(Tail tail) {
        if (tail.length() > 0) {
            hole(new Unreadable(tail.offset(), tail.length()));
        }
        if (sequence == 0) {
            lastFile = file;
        }
    }

    private void end() {
        missing.remaining(this::missing);
        long wanted = claimed == null ? sequence : claimed.sequence();
        Unreadable bytes = hole;
        if (sequence < wanted && bytes != null) {
            damage(
                    Kind.EDITED,
                    holeFile,
                    bytes.offset(),
                    sequence + 1,
                    wanted,
                    records(sequence + 1, wanted) + " cannot be read.");
        } else if (sequence < wanted) {
            damage(
                    Kind.TRUNCATED,
                    lastFile,
                    Math.max(end, 0),
                    sequence + 1,
                    wanted,
                    records(sequence + 1, wanted) + " missing at the end of the chain.");
        } else if (bytes != null && isLast) {
            findings.remark(
                    holeFile + " ends in " + bytes.length() + " bytes of a record that was never acknowledged: it"
                            + " is being written, or the process was killed.");
        } else {
            closeHole();
        }
        if (claimed != null && sequence > wanted && !isLast) {
            damage(
                    Kind.FOREIGN,
                    lastFile,
                    lastOffset,
                    wanted + 1,
                    sequence,
                    records(wanted + 1, sequence) + " stand after the end of the chain.");
        }
    }

    private void missing(long first, long last, String place, long offset) {
        String text = records(first, last) + " missing before this place.";
        Tip beginning = before;
        if (beginning != null && first == 1 && last == beginning.sequence()) {
            findings.missingBeginning(beginning, first, place, offset, text);
        } else {
            damage(Kind.MISSING, place, offset, first, last, text);
        }
    }

    /** How many records the first write of the chain had; after it the tip names this chain. */
    long firstWrite() {
        return genesis == null ? 0 : 1 + genesis.orphans();
    }

    private static String records(long first, long last) {
        return first == last ? "Record " + first : "Records " + first + " to " + last;
    }

    private void damage(Kind kind, String where, long offset, long first, long last, String text) {
        findings.damage(kind, where, offset, chain, first, last, text);
    }
}
