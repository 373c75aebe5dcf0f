package io.mcpguard.core.audit;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the journal asks of the disk for its segments; a seam for tests that need a disk to fail. */
interface SegmentDisk {

    /** The disk that the file system has. */
    SegmentDisk REAL = new SegmentDisk() {
        @Override
        public OutputStream create(Path file) throws IOException {
            Files.createFile(file);
            return new FileOutputStream(file.toFile(), true);
        }

        @Override
        public void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(false);
            }
        }

        @Override
        public void forceNames(Path folder) throws IOException {
            if (File.separatorChar == '/') {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    };

    /**
     * Creates a file to append to. A stream, not a channel: threads of requests write, and an interrupt would close a channel for
     * everybody. Appending on purpose: when somebody cuts the file from outside, the size after the next write gives it away.
     */
    OutputStream create(Path file) throws IOException;

    /** Returns when the disk itself has what was written to the file, by whatever means. Not for threads of requests. */
    void force(Path file) throws IOException;

    /**
     * Returns when the disk itself has the names of the files in a folder. Not for threads of requests. Windows does not open
     * folders, and keeps their entries without a word.
     */
    void forceNames(Path folder) throws IOException;
}
