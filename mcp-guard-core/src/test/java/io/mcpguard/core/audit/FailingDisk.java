package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Segments on a disk that has room for so many bytes, and takes as many of a write as fit before it fails. */
final class FailingDisk implements SegmentOpener {

    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    void room(long bytes) {
        room.set(bytes);
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        return new Full(SegmentOpener.ON_DISK.create(file));
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
