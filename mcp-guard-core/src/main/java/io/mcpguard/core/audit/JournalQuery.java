package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query from a journal, segment by segment in the order of writing, as far as it goes now. Segments that are removed
 * meanwhile are passed over. For one thread.
 */
final class JournalQuery implements Closeable {

    private final JournalFolder folder;
    private final JournalIndex index;
    private final AuditQuery query;
    private final boolean indexed;
    private final Consumer<String> damage;
    private List<SegmentId> listed = List.of();
    private @Nullable SegmentId current;
    private @Nullable SegmentQuery segment;
    private boolean last;

    JournalQuery(JournalFolder folder, JournalIndex index, AuditQuery query, Consumer<String> damage) {
        this.folder = folder;
        this.index = index;
        this.query = query;
        this.indexed = RecordFilter.of(query).isBounded();
        this.damage = damage;
    }

    /** The next event, or null at the end. */
    @Nullable AuditEvent next() throws IOException {
        while (segment != null || open()) {
            SegmentQuery from = segment;
            AuditEvent event = from == null ? null : from.next();
            if (event != null) {
                return event;
            }
            if (last && !isFollowed()) {
                return null;
            }
            if (last) {
                // It is complete by now, and may have grown since its end was seen.
                last = false;
            } else {
                if (from != null) {
                    from.end();
                }
                leave();
            }
        }
        return null;
    }

    private boolean open() throws IOException {
        SegmentId next = after(current);
        if (next == null) {
            listed = folder.segments();
            next = after(current);
        }
        while (next != null) {
            current = next;
            last = after(next) == null && !isFollowed();
            try {
                segment = new SegmentQuery(folder, next, indexed && !last ? index : null, query, damage);
                return true;
            } catch (NoSuchFileException e) {
                // Removed since it was listed: nothing that is kept is left out.
                next = after(next);
            }
        }
        return false;
    }

    private boolean isFollowed() throws IOException {
        listed = folder.segments();
        return after(current) != null;
    }

    private @Nullable SegmentId after(@Nullable SegmentId one) {
        for (SegmentId candidate : listed) {
            if (one == null || candidate.compareTo(one) > 0) {
                return candidate;
            }
        }
        return null;
    }

    private void leave() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }

    /** Lets go of the file, and of indexes of segments that are no longer there. */
    @Override
    public void close() throws IOException {
        leave();
        if (indexed) {
            index.clean(folder.segments());
        }
    }
}
