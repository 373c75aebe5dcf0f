package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.JournalFormat.HEADER_BYTES;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.core.audit.SegmentIndex.Part;
import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import io.mcpguard.core.audit.SegmentScanner.Unreadable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query from one segment. Runs over the records as long as there are whole ones, and from the first place on where there is
 * none, reads as {@link SegmentScanner} does: past damage, and to where a segment ends that is being written. For one thread.
 */
final class SegmentQuery implements Closeable {

    private static final int WINDOW = 1 << 20;

    private final SegmentId id;
    private final String chain;
    private final Path file;
    private final AuditQuery query;
    private final RecordFilter filter;
    private final Consumer<String> damage;
    private final FileChannel channel;
    private final Iterator<Part> parts;
    private final FrameRun run;
    private boolean toTheEnd;
    private @Nullable SegmentScanner scanner;

    /**
     * Opens a segment.
     *
     * @param folder the journal
     * @param id the segment
     * @param index where to look; null when the segment is being written to, or everything is wanted
     * @param query what is wanted
     * @param damage told of each place that cannot be read
     */
    SegmentQuery(
            JournalFolder folder, SegmentId id, @Nullable JournalIndex index, AuditQuery query, Consumer<String> damage)
            throws IOException {
        this.id = id;
        this.chain = id.chain().toString();
        this.file = folder.segment(id);
        this.query = query;
        this.filter = RecordFilter.of(query);
        this.damage = damage;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            List<Part> known =
                    index == null ? null : index.parts(id, channel, filter).orElse(null);
            this.toTheEnd = known == null;
            List<Part> all = List.of(new Part(HEADER_BYTES, Math.max(HEADER_BYTES, channel.size())));
            this.parts = (known == null ? all : known).iterator();
            this.run = new FrameRun(channel, WINDOW).turnTo(0, 0);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** The next event that answers the query; null when there is none, which may change if the segment is being written to. */
    @Nullable AuditEvent next() throws IOException {
        while (scanner == null) {
            if (run.next()) {
                AuditEvent event = filter.mayAnswer(run.text()) ? answer() : null;
                if (event != null) {
                    return event;
                }
            } else if (run.offset() < run.end() || (toTheEnd && !parts.hasNext())) {
                scanner = new SegmentScanner(file, Math.max(HEADER_BYTES, run.offset()));
            } else if (parts.hasNext()) {
                Part part = parts.next();
                run.turnTo(part.from(), part.to());
            } else {
                return null;
            }
        }
        return scanned(scanner);
    }

    /** To be called when there is nothing more to come: says what lies at the end and is no record. */
    void end() throws IOException {
        if (scanner != null && scanner.next() instanceof Tail tail && tail.length() > 0) {
            unreadable(tail.offset(), tail.length());
        }
    }

    private @Nullable AuditEvent scanned(SegmentScanner from) throws IOException {
        for (Piece piece = from.next(); !(piece instanceof Tail); piece = from.next()) {
            if (piece instanceof Frame frame) {
                AuditEvent event = parsed(frame.payload(), frame.offset(), frame.sequence());
                if (event != null && query.test(event)) {
                    return linked(event, frame.sequence(), frame.previousHash(), frame.hash());
                }
            } else if (piece instanceof Unreadable unreadable) {
                unreadable(unreadable.offset(), unreadable.length());
            }
        }
        return null;
    }

    private @Nullable AuditEvent answer() {
        byte[] payload = run.payload();
        long sequence = run.sequence();
        AuditEvent event = parsed(payload, run.frameOffset(), sequence);
        if (event == null || !query.test(event)) {
            return null;
        }
        byte[] previousHash = run.previousHash();
        return linked(event, sequence, previousHash, JournalFormat.hash(previousHash, sequence, payload));
    }

    private @Nullable AuditEvent parsed(byte[] payload, long offset, long sequence) {
        try {
            return AuditEventJson.parse(payload);
        } catch (MalformedRecordException e) {
            damage.accept(id.fileName() + " at " + offset + ": record " + sequence + " is not an audit event");
            return null;
        }
    }

    private AuditEvent linked(AuditEvent event, long sequence, byte[] previousHash, byte[] hash) {
        return event.withLink(new ChainLink(chain, sequence, JournalFormat.hex(previousHash), JournalFormat.hex(hash)));
    }

    private void unreadable(long offset, long length) {
        damage.accept(id.fileName() + " at " + offset + ": " + length + " bytes are not a record");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (scanner != null) {
            scanner.close();
        }
    }
}
