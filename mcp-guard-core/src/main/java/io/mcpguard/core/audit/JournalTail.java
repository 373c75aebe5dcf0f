package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import io.mcpguard.core.audit.SegmentScanner.Unreadable;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal in order, from segment to segment and from chain to chain, and can be asked again at the end, since more
 * may have been written. For one thread.
 */
final class JournalTail implements Closeable {

    private final JournalFolder folder;
    private final Consumer<String> damage;
    private final @Nullable SegmentId after;
    private @Nullable SegmentId current;
    private @Nullable SegmentScanner scanner;
    private boolean asked;

    /**
     * Starts to read.
     *
     * @param folder the journal
     * @param after chain and number of the last record that is not wanted; null reads from the beginning
     * @param damage told in a sentence of each place that cannot be read
     */
    JournalTail(JournalFolder folder, @Nullable SegmentId after, Consumer<String> damage) {
        this.folder = folder;
        this.after = after;
        this.damage = damage;
    }

    /** The next event, or null when there is none for now. */
    @Nullable AuditEvent next() throws IOException {
        while (true) {
            if (scanner == null && !openAfter(current)) {
                return null;
            }
            SegmentScanner from = scanner;
            SegmentId segment = current;
            if (from == null || segment == null) {
                return null;
            }
            Piece piece = from.next();
            if (piece instanceof Frame frame) {
                asked = false;
                AuditEvent event = isWanted(segment, frame) ? event(segment, frame) : null;
                if (event != null) {
                    return event;
                }
            } else if (piece instanceof Unreadable unreadable) {
                unreadable(segment, unreadable.offset(), unreadable.length());
            } else if (piece instanceof Tail tail && isFinished(segment)) {
                if (tail.length() > 0) {
                    unreadable(segment, tail.offset(), tail.length());
                }
                close();
            } else if (!asked) {
                return null;
            }
        }
    }

    /** A later segment means that this one is complete; but it may have grown since it was read, so it is read once more. */
    private boolean isFinished(SegmentId segment) throws IOException {
        if (asked) {
            asked = false;
            return true;
        }
        asked = next(folder.segments(), segment) != null;
        return false;
    }

    private boolean openAfter(@Nullable SegmentId segment) throws IOException {
        List<SegmentId> segments = folder.segments();
        SegmentId next = segment == null ? first(segments) : next(segments, segment);
        if (next == null) {
            return false;
        }
        current = next;
        scanner = new SegmentScanner(folder.segment(next));
        return true;
    }

    /** The segment with the first wanted record: the last one that starts before it. */
    private @Nullable SegmentId first(List<SegmentId> segments) {
        SegmentId first = segments.isEmpty() ? null : segments.get(0);
        if (after != null) {
            for (SegmentId segment : segments) {
                if (segment.compareTo(after) <= 0) {
                    first = segment;
                }
            }
        }
        return first;
    }

    private static @Nullable SegmentId next(List<SegmentId> segments, SegmentId segment) {
        for (SegmentId candidate : segments) {
            if (candidate.compareTo(segment) > 0) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isWanted(SegmentId segment, Frame frame) {
        return after == null || new SegmentId(segment.chain(), frame.sequence()).compareTo(after) > 0;
    }

    private @Nullable AuditEvent event(SegmentId segment, Frame frame) {
        try {
            return frame.event(segment.chain());
        } catch (MalformedRecordException e) {
            damage.accept(segment.fileName() + " at " + frame.offset() + ": record " + frame.sequence()
                    + " is not an audit event");
            return null;
        }
    }

    private void unreadable(SegmentId segment, long offset, long length) {
        damage.accept(segment.fileName() + " at " + offset + ": " + length + " bytes are not a record");
    }

    @Override
    public void close() throws IOException {
        if (scanner != null) {
            scanner.close();
            scanner = null;
        }
    }
}
