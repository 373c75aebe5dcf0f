package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The segment that is being written. Knows how much of it has been acknowledged. For one thread at a time. */
final class SegmentFile {

    private final Path file;
    private final OutputStream out;
    private final FileIdentity identity;
    private long written;
    private long kept;

    private SegmentFile(Path file, OutputStream out) throws IOException {
        this.file = file;
        this.out = out;
        this.identity = FileIdentity.of(file);
    }

    /** Creates the file. One with this name can only hold what was never acknowledged, so it is deleted. */
    static SegmentFile create(Path file, SegmentOpener opener) throws IOException {
        Files.deleteIfExists(file);
        return new SegmentFile(file, opener.create(file));
    }

    boolean isEmpty() {
        return kept == 0;
    }

    long bytes() {
        return kept;
    }

    /** Hands bytes to the operating system, all of them, to the file that others see under this name. */
    void write(ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        written = kept + bytes.remaining();
        long size = identity.size(file);
        if (size != written) {
            throw new IOException(file + " was changed by somebody else: it has " + size + " bytes, not " + written);
        }
    }

    /** What has been written so far is part of the journal. */
    void keep() {
        kept = written;
    }

    /** Takes back what was written and not kept, and closes the file. Nothing to do when somebody removed the file. */
    void abandon() throws IOException {
        out.close();
        if (!identity.isStill(file)) {
            return;
        }
        if (kept == 0) {
            Files.delete(file);
        } else if (Files.size(file) > kept) {
            try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
                cut.truncate(kept);
            }
        }
    }

    void close() throws IOException {
        out.close();
    }
}
