package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that has room for so many bytes, takes as many of a write as fit before it fails, and forces as it is told to. */
final class FailingDisk implements SegmentDisk {

    /** What happens before a file is created or forced. */
    @FunctionalInterface
    interface Step {
        void on(Path file) throws IOException;
    }

    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger forced = new AtomicInteger();
    private volatile Step beforeCreate = file -> {};
    private volatile Step beforeForce = file -> {};

    /** Does what a disk does that does not answer. */
    static void hangUntil(CountDownLatch released) throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    void room(long bytes) {
        room.set(bytes);
    }

    void beforeCreate(Step step) {
        beforeCreate = step;
    }

    void beforeForce(Step step) {
        beforeForce = step;
    }

    int forced() {
        return forced.get();
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        beforeCreate.on(file);
        return new Full(SegmentDisk.REAL.create(file));
    }

    @Override
    public void force(Path file) throws IOException {
        beforeForce.on(file);
        SegmentDisk.REAL.force(file);
        forced.incrementAndGet();
    }

    @Override
    public void forceNames(Path folder) throws IOException {
        SegmentDisk.REAL.forceNames(folder);
    }

    private final class Full extends OutputStream {

        private final OutputStream real;

        private Full(OutputStream real) {
            this.real = real;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int fits = (int) Math.min(room.get(), length);
            real.write(bytes, offset, fits);
            room.addAndGet(-fits);
            if (fits < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
