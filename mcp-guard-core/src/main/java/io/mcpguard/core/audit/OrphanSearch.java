package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds intents without an end in a journal whose process has died. */
final class OrphanSearch {

    private final JournalFolder folder;
    private final List<SegmentId> segments;

    OrphanSearch(JournalFolder folder, List<SegmentId> segments) {
        this.folder = folder;
        this.segments = segments;
    }

    List<AuditEvent> find() throws IOException {
        Map<String, byte[]> open = new LinkedHashMap<>();
        for (SegmentId segment : segments.subList(from(), segments.size())) {
            try (SegmentScanner scanner = new SegmentScanner(folder.segment(segment))) {
                for (Piece piece = scanner.next(); !(piece instanceof Tail); piece = scanner.next()) {
                    if (piece instanceof Frame frame) {
                        note(frame.payload(), open);
                    }
                }
            }
        }
        List<AuditEvent> orphans = new ArrayList<>();
        for (byte[] intent : open.values()) {
            orphans.add(AuditEventJson.parse(intent));
        }
        return orphans;
    }

    private static void note(byte[] payload, Map<String, byte[]> open) {
        String text = new String(payload, ISO_8859_1);
        String stage = member(text, "stage");
        String callId = member(text, "callId");
        if (stage.equals(Stage.INTENT.name())) {
            open.put(callId, payload);
        } else if (!stage.equals(Stage.STARTED.name()) && !stage.equals(Stage.NOTICE.name())) {
            open.remove(callId);
        }
    }

    /**
     * Reads a member of a record without parsing it. No value can look like a member, since quotes in values are escaped;
     * the names of arguments are free, but they come first, and this takes the last.
     */
    static String member(String record, String name) {
        String start = '"' + name + "\":\"";
        int at = record.lastIndexOf(start);
        return at < 0 ? "" : record.substring(at + start.length(), record.indexOf('"', at + start.length()));
    }

    /**
     * Where to begin: with the last chain that has no orphans before it, and when that is the newest one, with the segment
     * that its process said the oldest open call is in. That is only true of what its process has written: when power was lost
     * some of it may not be there, ends of calls among it.
     */
    private int from() throws IOException {
        int settled = settledFrom();
        ChainId newest = segments.get(segments.size() - 1).chain();
        if (!segments.get(settled).chain().equals(newest)) {
            return settled;
        }
        for (int i = segments.size() - 1; i > settled; i--) {
            long since = openSince(segments.get(i));
            if (since > 0) {
                while (i > settled && segments.get(i).firstSequence() > since) {
                    i--;
                }
                return isWholeFrom(Math.max(settled, i - 1)) ? i : settled;
            }
        }
        return settled;
    }

    private boolean isWholeFrom(int index) throws IOException {
        long sequence = segments.get(index).firstSequence() - 1;
        for (SegmentId segment : segments.subList(index, segments.size())) {
            try (SegmentScanner scanner = new SegmentScanner(folder.segment(segment))) {
                for (Piece piece = scanner.next(); !(piece instanceof Tail); piece = scanner.next()) {
                    sequence++;
                    if (!(piece instanceof Frame frame) || frame.sequence() != sequence) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** What the first record of a segment says; 0 when it says nothing. */
    long openSince(SegmentId segment) throws IOException {
        try (SegmentScanner scanner = new SegmentScanner(folder.segment(segment))) {
            if (scanner.next() instanceof Frame first && first.sequence() == segment.firstSequence()) {
                AuditEvent event = AuditEventJson.parse(first.payload());
                boolean ours = event.stage() == Stage.NOTICE && event.channel() == Channel.SELF;
                String said = event.arguments().getOrDefault(JournalNotices.OPEN_SINCE, "0");
                return ours ? Long.parseLong(said) : 0;
            }
            return 0;
        } catch (MalformedRecordException | NumberFormatException e) {
            return 0;
        }
    }

    /** The start of the last chain that has written down every orphan of the chains before it. */
    private int settledFrom() throws IOException {
        int from = segments.size() - 1;
        while (from > 0 && !isSettled(from)) {
            from--;
        }
        return from;
    }

    private boolean isSettled(int index) throws IOException {
        SegmentId first = segments.get(index);
        if (first.firstSequence() != 1) {
            return false;
        }
        try (SegmentScanner scanner = new SegmentScanner(folder.segment(first))) {
            if (!(scanner.next() instanceof Frame genesis) || genesis.sequence() != 1) {
                return false;
            }
            long orphans = Long.parseLong(
                    AuditEventJson.parse(genesis.payload()).arguments().getOrDefault(JournalNotices.ORPHANS, ""));
            long written = 0;
            while (written < orphans && scanner.next() instanceof Frame) {
                written++;
            }
            return written == orphans;
        } catch (MalformedRecordException | NumberFormatException e) {
            return false;
        }
    }
}
