package io.mcpguard.core.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The last lines of a file: what a batch that is handed over again is recognized by. For one thread. */
final class RecentLines {

    /** Twice the events of a batch. */
    private static final int MOST = 1024;

    /** Enough for as many lines of an ordinary size; a longer one may be kept twice after a restart. */
    private static final int TAIL_BYTES = 4 << 20;

    private final Deque<String> inOrder = new ArrayDeque<>();
    private final Set<String> lines = new HashSet<>();

    private RecentLines() {}

    /** Nothing yet. */
    static RecentLines none() {
        return new RecentLines();
    }

    /** The end of a file as it is now; nothing when there is none. */
    static RecentLines of(Path file) throws IOException {
        RecentLines recent = new RecentLines();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = Math.max(0, channel.size() - TAIL_BYTES);
            ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - start));
            int read = 0;
            while (read >= 0 && tail.hasRemaining()) {
                read = channel.read(tail, start + tail.position());
            }
            UTF_8.decode(tail.flip()).toString().lines().forEach(recent::add);
        } catch (NoSuchFileException e) {
            return recent;
        }
        return recent;
    }

    boolean contains(String line) {
        return lines.contains(line);
    }

    void add(String line) {
        if (lines.add(line)) {
            inOrder.addLast(line);
            if (inOrder.size() > MOST) {
                lines.remove(inOrder.removeFirst());
            }
        }
    }
}
