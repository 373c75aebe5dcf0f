package io.mcpguard.core.profile;

import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a file, held by one editor at a time, in this process and in others. The lock is on a file beside
 * it, since the file itself is replaced.
 */
final class FileLease implements AutoCloseable {

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_MILLIS = 25;

    private final FileChannel channel;
    private final FileLock lock;

    private FileLease(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static FileLease take(Path file) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileLock lock = tryLock(channel);
                if (lock != null) {
                    return new FileLease(channel, lock);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StoreUnavailableException(
                "another command is changing " + file + "; wait for it to end and try again", null);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        }
    }

    /** Says that the lease is what protects the lines that follow. */
    void hold() {
        if (!lock.isValid()) {
            throw new IllegalStateException("the lease has ended");
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
