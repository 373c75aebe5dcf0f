package io.mcpguard.syslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a batch's time. A write to a socket knows no time-out and no interrupt, so whatever still waits then is ended by closing
 * the socket beneath it from another thread.
 */
final class Deadline implements AutoCloseable {

    /** For steps with a time-out of their own to fail first, with a better message. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final long end;
    private final ScheduledFuture<?> alarm;
    private @Nullable Socket guarded;
    private boolean passed;

    Deadline(ScheduledThreadPoolExecutor timer, Duration longest) {
        this.end = System.nanoTime() + longest.toNanos();
        this.alarm = timer.schedule(this::pass, longest.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A thread for deadlines that ends when there has been none for a while. */
    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mcp-guard-syslog-deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.MINUTES);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Closes this socket at the end, instead of the one before. */
    synchronized void guard(Socket socket) throws SocketTimeoutException {
        if (passed) {
            throw tooLate();
        }
        guarded = socket;
    }

    /** What is left, for a step that has a time-out of its own. */
    int leftMillis() throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw tooLate();
        }
        return (int) left;
    }

    synchronized boolean hasPassed() {
        return passed;
    }

    private static SocketTimeoutException tooLate() {
        return new SocketTimeoutException("it took too long");
    }

    private synchronized void pass() {
        passed = true;
        if (guarded != null) {
            try {
                guarded.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
