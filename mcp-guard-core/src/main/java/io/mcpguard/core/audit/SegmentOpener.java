package io.mcpguard.core.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Creates the file of a new segment; a seam for tests that need a disk to fail. A stream, not a channel: threads of requests
 * write, and an interrupt would close a channel for everybody.
 */
@FunctionalInterface
interface SegmentOpener {

    /** Appending on purpose: when somebody cuts the file from outside, the size after the next write gives it away. */
    SegmentOpener ON_DISK = file -> {
        Files.createFile(file);
        return new FileOutputStream(file.toFile(), true);
    };

    OutputStream create(Path file) throws IOException;
}
