package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.EventStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Events that a test makes when it likes to. */
final class PlayedEvents implements EventStream {

    final CountDownLatch abandoned = new CountDownLatch(1);
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private Runnable wake = () -> {};
    private boolean over;

    void emit(String event) {
        synchronized (this) {
            waiting.add(event.getBytes(StandardCharsets.UTF_8));
        }
        wake();
    }

    void end() {
        synchronized (this) {
            over = true;
        }
        wake();
    }

    /** How many the mount has not taken yet. */
    synchronized int left() {
        return waiting.size();
    }

    private void wake() {
        Runnable reader;
        synchronized (this) {
            reader = wake;
        }
        reader.run();
    }

    @Override
    public void onReady(Runnable reader) {
        synchronized (this) {
            wake = reader;
        }
        reader.run();
    }

    @Override
    public synchronized byte @Nullable [] poll() {
        return waiting.poll();
    }

    @Override
    public synchronized boolean ended() {
        return over && waiting.isEmpty();
    }

    @Override
    public void abandon() {
        abandoned.countDown();
    }
}
