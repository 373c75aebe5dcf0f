package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far one segment of a journal that is not running goes. */
final class SegmentEnd {

    private final SegmentId segment;
    private long sequence;
    private byte @Nullable [] hash;
    private byte[] lastPayload = {};
    private boolean contradictsTip;
    private Tail tail = new Tail(0, 0);

    private SegmentEnd(SegmentId segment) {
        this.segment = segment;
        this.sequence = segment.firstSequence() - 1;
    }

    static SegmentEnd of(JournalFolder folder, SegmentId segment, @Nullable Tip tip) throws IOException {
        SegmentEnd end = new SegmentEnd(segment);
        try (SegmentScanner scanner = new SegmentScanner(folder.segment(segment))) {
            Piece piece = scanner.next();
            while (!(piece instanceof Tail)) {
                if (piece instanceof Frame frame) {
                    end.saw(frame, tip);
                }
                piece = scanner.next();
            }
            end.tail = (Tail) piece;
        }
        return end;
    }

    private void saw(Frame frame, @Nullable Tip tip) {
        sequence = frame.sequence();
        hash = frame.hash();
        lastPayload = frame.payload();
        if (tip != null && tip.chain().equals(segment.chain()) && tip.sequence() == sequence) {
            contradictsTip = !Arrays.equals(tip.hash(), hash);
        }
    }

    boolean isEmpty() {
        return hash == null;
    }

    Tip tip() {
        return new Tip(segment.chain(), sequence, hash == null ? JournalFormat.noHash() : hash);
    }

    /** Whether everything up to the tip is there: what follows it was written, but perhaps never acknowledged. */
    boolean reaches(Tip tip) {
        if (segment.chain().equals(tip.chain())) {
            return sequence >= tip.sequence() && !contradictsTip;
        }
        // A chain newer than the tip: the process died between its first record and the first move of the tip.
        return segment.chain().epoch() > tip.chain().epoch();
    }

    boolean isClosedWithoutOpenCalls() {
        String last = new String(lastPayload, ISO_8859_1);
        return OrphanSearch.member(last, "method").equals(JournalNotices.STOPPED)
                && last.startsWith("{\"arguments\":{\"" + JournalNotices.OPEN_CALLS + "\":\"0\"}");
    }

    /**
     * Cuts off what was being written when the process died, and the room after it. Only what lies beyond the tip: anything else may be the trace
     * of an attack and stays for verify to name.
     *
     * @return how many bytes were written there
     */
    long cutTail(JournalFolder folder, @Nullable Tip tip) throws IOException {
        if (tip == null || !reaches(tip)) {
            return 0;
        }
        Path file = folder.segment(segment);
        if (isEmpty()) {
            Files.delete(file);
            return tail.offset() + tail.length();
        }
        if (Files.size(file) > tail.offset()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(tail.offset());
            }
        }
        return tail.length();
    }
}
