package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.core.audit.JournalFormat.Header;
import io.mcpguard.testkit.contract.AuditReaderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A journal without records of its own, in segments of forty records. */
class JournalReaderTest extends AuditReaderContract {

    private static final ChainId CHAIN = new ChainId(1, 0xABCDEFL);
    private static final int SEGMENT = 40;

    @TempDir
    Path folder;

    private long sequence;
    private byte[] hash = JournalFormat.noHash();

    @Override
    protected List<AuditEvent> keep(List<AuditEvent> events) {
        List<AuditEvent> kept = new ArrayList<>();
        for (int from = 0; from < events.size(); from += SEGMENT) {
            kept.addAll(segment(events.subList(from, Math.min(events.size(), from + SEGMENT))));
        }
        return kept;
    }

    private List<AuditEvent> segment(List<AuditEvent> events) {
        SegmentId id = new SegmentId(CHAIN, sequence + 1);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        JournalFormat.putHeader(bytes, new Header(id, hash));
        List<AuditEvent> kept = new ArrayList<>();
        for (AuditEvent event : events) {
            sequence++;
            byte[] payload = AuditEventJson.payload(event);
            byte[] previous = hash;
            JournalFormat.putFrame(bytes, sequence, previous, payload);
            hash = JournalFormat.hash(previous, sequence, payload);
            kept.add(event.withLink(
                    new ChainLink(CHAIN.toString(), sequence, JournalFormat.hex(previous), JournalFormat.hex(hash))));
        }
        write(new JournalFolder(folder).segment(id), bytes.flip());
        return kept;
    }

    private static void write(Path file, ByteBuffer bytes) {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected AuditReader reader() {
        return new JournalReader(folder, damage -> {
            throw new AssertionError(damage);
        });
    }

    @Override
    protected AuditReader unreachable() {
        return new JournalReader(folder.resolve("none"), damage -> {});
    }
}
