package io.mcpguard.servlet.undertow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/** The bytes of one request, all of them there, and then the end. */
final class RequestConduit implements StreamSourceConduit {

    private final XnioIoThread thread;
    private final ByteBuffer request;
    private final Runnable closed;
    private final Readiness readiness;
    private volatile boolean shutdown;

    RequestConduit(XnioIoThread thread, ByteBuffer request, Runnable closed) {
        this.thread = thread;
        this.request = request;
        this.closed = closed;
        this.readiness = new Readiness(thread);
    }

    @Override
    public int read(ByteBuffer into) {
        int count = Math.min(request.remaining(), into.remaining());
        if (shutdown || (count == 0 && !request.hasRemaining())) {
            return -1;
        }
        into.put(request.slice(request.position(), count));
        request.position(request.position() + count);
        return count;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = into[i].hasRemaining() ? read(into[i]) : 0;
            if (count < 0) {
                return total == 0 ? -1 : total;
            }
            total += count;
        }
        return total;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        if (shutdown || !request.hasRemaining()) {
            return -1;
        }
        int size = (int) Math.min(count, request.remaining());
        int written = target.write(request.slice(request.position(), size), position);
        request.position(request.position() + written);
        return written;
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        // By way of the buffer, which is left empty when everything could be written.
        through.clear();
        through.limit((int) Math.min(count, through.capacity()));
        int size = read(through);
        through.flip();
        int written = size > 0 ? target.write(through) : size;
        return written;
    }

    @Override
    public void terminateReads() {
        if (!shutdown) {
            shutdown = true;
            closed.run();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return shutdown;
    }

    @Override
    public void resumeReads() {
        readiness.resume();
    }

    @Override
    public void suspendReads() {
        readiness.suspend();
    }

    @Override
    public void wakeupReads() {
        readiness.resume();
    }

    @Override
    public boolean isReadResumed() {
        return readiness.isResumed();
    }

    @Override
    public void awaitReadable() {
        // There is always something to read, be it the end.
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) {
        awaitReadable();
    }

    @Override
    public XnioIoThread getReadThread() {
        return thread;
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        readiness.tell(handler::readReady);
    }

    @Override
    public XnioWorker getWorker() {
        return thread.getWorker();
    }
}
