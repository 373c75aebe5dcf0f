package io.mcpguard.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What a disk can take at most: bytes without a format, a hash or a look at the folder. One thread writes what has gathered, forces
 * it if asked to, and wakes who waits.
 */
final class RawLog implements Closeable {

    private static final class Waiting {
        private final byte[] bytes;
        private final Thread thread = Thread.currentThread();
        private volatile boolean done;

        private Waiting(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private final FileChannel channel;
    private final boolean force;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Thread writer = new Thread(this::run, "raw-log");
    private volatile boolean closed;

    RawLog(Path file, boolean force) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.force = force;
        writer.start();
    }

    void append(byte[] bytes) {
        Waiting waiting = new Waiting(bytes);
        queue.add(waiting);
        LockSupport.unpark(writer);
        while (!waiting.done) {
            LockSupport.park(this);
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
        List<Waiting> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
                batch.add(next);
                buffer.put(next.bytes);
            }
            if (batch.isEmpty()) {
                LockSupport.park(this);
            } else {
                write(buffer.flip());
                buffer.clear();
                for (Waiting written : batch) {
                    written.done = true;
                    LockSupport.unpark(written.thread);
                }
                batch.clear();
            }
        }
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (force) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
