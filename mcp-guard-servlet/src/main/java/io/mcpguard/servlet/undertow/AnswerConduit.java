package io.mcpguard.servlet.undertow;

import io.mcpguard.servlet.reentry.MemoryWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/** Takes the bytes of one answer. */
final class AnswerConduit implements StreamSinkConduit {

    private static final int PIECE_BYTES = 16 * 1024;

    private final XnioIoThread thread;
    private final MemoryWire wire;
    private final Runnable closed;
    private final Readiness readiness;
    private volatile boolean shutdown;

    AnswerConduit(XnioIoThread thread, MemoryWire wire, Runnable closed) {
        this.thread = thread;
        this.wire = wire;
        this.closed = closed;
        this.readiness = new Readiness(thread);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (shutdown) {
            throw new ClosedChannelException();
        }
        int size = bytes.remaining();
        wire.write(bytes);
        return size;
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(bytes[i]);
        }
        return total;
    }

    @Override
    public int writeFinal(ByteBuffer bytes) throws IOException {
        int size = write(bytes);
        terminateWrites();
        return size;
    }

    @Override
    public long writeFinal(ByteBuffer[] bytes, int offset, int length) throws IOException {
        long size = write(bytes, offset, length);
        terminateWrites();
        return size;
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE_BYTES));
        int size = source.read(piece, position);
        if (size > 0) {
            write(piece.flip());
        }
        return size;
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        through.clear();
        through.limit((int) Math.min(count, through.capacity()));
        int size = source.read(through);
        through.flip();
        if (size > 0) {
            write(through);
        }
        return size;
    }

    @Override
    public void terminateWrites() {
        if (!shutdown) {
            shutdown = true;
            closed.run();
        }
    }

    @Override
    public void truncateWrites() {
        terminateWrites();
    }

    @Override
    public boolean isWriteShutdown() {
        return shutdown;
    }

    @Override
    public void resumeWrites() {
        readiness.resume();
    }

    @Override
    public void suspendWrites() {
        readiness.suspend();
    }

    @Override
    public void wakeupWrites() {
        readiness.resume();
    }

    @Override
    public boolean isWriteResumed() {
        return readiness.isResumed();
    }

    @Override
    public void awaitWritable() {
        // Memory takes what it is given.
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) {
        awaitWritable();
    }

    @Override
    public XnioIoThread getWriteThread() {
        return thread;
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        readiness.tell(handler::writeReady);
    }

    @Override
    public XnioWorker getWorker() {
        return thread.getWorker();
    }

    @Override
    public boolean flush() {
        return true;
    }
}
