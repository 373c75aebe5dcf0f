package io.mcpguard.core.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events as lines of a file that a log agent reads, one line an event in a format of choice, and begins a new file when that
 * one is large enough.
 *
 * <p>Returning means that the disk has the lines, all of the batch. The file is opened anew for each batch, so others may move it
 * away at any time, and a disk that was full is tried again by itself. An event that is handed over again is recognized by its
 * line, also after a restart, as long as it was among the last thousand. On systems that know owners of files only the owner may
 * read what this makes. For one thread at a time.
 *
 * @since 0.1
 */
public final class FileSink implements AuditSink {

    private final Path file;
    private final AuditFormat format;
    private final FileRotation rotation;
    private @Nullable RecentLines recent;
    private boolean closed;

    /**
     * Makes a sink. The file is made with the first event, in a folder that has to be there.
     *
     * @param file where the newest lines are
     * @param format how an event is written
     * @param mostBytes size in bytes from which on the file is put aside before the next batch; positive
     * @param mostFiles how many files that were put aside stay, the newest; at least 1
     * @param clock names a file that is put aside
     * @throws IllegalArgumentException when a bound makes no sense
     */
    public FileSink(Path file, AuditFormat format, long mostBytes, int mostFiles, InstantSource clock) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
        this.format = Objects.requireNonNull(format, "format");
        this.rotation = new FileRotation(this.file, mostBytes, mostFiles, clock);
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the audit file " + file + " is closed");
        }
        try {
            RecentLines known = recent == null ? RecentLines.of(file) : recent;
            recent = known;
            List<String> lines = new ArrayList<>(events.size());
            for (AuditEvent event : events) {
                String line = format.format(event);
                if (!known.contains(line)) {
                    lines.add(line);
                }
            }
            if (!lines.isEmpty()) {
                rotation.beforeWrite();
                append(lines);
                lines.forEach(known::add);
            }
        } catch (IOException e) {
            throw new AuditWriteException("the audit file " + file + " cannot be written; look at its disk", e);
        }
    }

    private void append(List<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            bytes.writeBytes(line.getBytes(UTF_8));
            bytes.write('\n');
        }
        create();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = channel.size();
            try {
                ByteBuffer left = ByteBuffer.wrap(bytes.toByteArray());
                while (left.hasRemaining()) {
                    channel.write(left, end + left.position());
                }
                channel.force(false);
            } catch (IOException e) {
                takeBack(end);
                throw e;
            }
        }
    }

    /** A batch that is not whole will come again, and half a line would spoil the next one. */
    private void takeBack(long end) throws IOException {
        // An interrupt of a batch that takes too long has closed the channel, and would close this one.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void create() throws IOException {
        boolean owned = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] forOwner = owned
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, forOwner);
        } catch (FileAlreadyExistsException e) {
            // As after every batch but the first.
            return;
        }
    }

    /** A file is on this machine, as far as this can tell. */
    @Override
    public boolean confirms() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
