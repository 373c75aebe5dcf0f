package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpguard.error.ConfigurationException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second journal out of a folder for as long as this one is open, also when a process dies. */
final class FolderLock implements Closeable {

    private final Path file;
    private final FileChannel channel;
    private final FileIdentity identity;

    private FolderLock(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.identity = FileIdentity.of(file);
    }

    static FolderLock take(JournalFolder folder) throws IOException {
        Path file = folder.lock();
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new ConfigurationException(
                        "audit journal " + folder.path(),
                        "it is in use by process "
                                + Files.readString(file, US_ASCII).strip()
                                + "; stop that process, or give each service a folder of its own");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)));
            return new FolderLock(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    void check() throws IOException {
        if (!channel.isOpen()) {
            throw new IOException(file + " is no longer locked");
        }
        identity.check(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
