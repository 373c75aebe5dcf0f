package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Maps parts of files into memory on threads of requests. That takes a channel, and an interrupt closes a channel, at whatever time
 * it comes: so this tries again, and leaves the thread interrupted.
 */
final class FileMapping {

    private FileMapping() {}

    /** A part of a file to read and write; the file has to be as large. */
    static ByteBuffer of(Path file, long position, long size) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    return channel.map(MapMode.READ_WRITE, position, size);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
