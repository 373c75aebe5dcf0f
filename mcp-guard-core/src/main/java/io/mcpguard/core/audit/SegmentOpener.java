package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Creates the file of a new segment; a seam for tests that need a disk to fail. */
@FunctionalInterface
interface SegmentOpener {

    /** Appending on purpose: when somebody cuts the file from outside, the size after the next write gives it away. */
    SegmentOpener ON_DISK = file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);

    FileChannel create(Path file) throws IOException;
}
