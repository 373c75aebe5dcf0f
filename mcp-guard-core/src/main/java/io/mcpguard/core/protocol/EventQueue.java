package io.mcpguard.core.protocol;

import io.mcpguard.core.json.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The events of one answer that wait for the client to take them. Few wait at once: what is only news is left out when the
 * client is slow, and the last message never is.
 */
final class EventQueue implements EventStream {

    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 1 << 18;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Runnable onAbandon;
    private @Nullable Runnable wake;
    private int bytes;
    private boolean closed;
    private boolean abandoned;

    /**
     * Makes an empty queue.
     *
     * @param onAbandon runs when the client is gone before the end
     */
    EventQueue(Runnable onAbandon) {
        this.onAbandon = onAbandon;
    }

    private static byte[] event(JsonNode message) {
        byte[] json = JsonOutput.bytes(message);
        ByteArrayOutputStream event = new ByteArrayOutputStream(BEFORE.length + json.length + AFTER.length);
        event.writeBytes(BEFORE);
        event.writeBytes(json);
        event.writeBytes(AFTER);
        return event.toByteArray();
    }

    /** Adds news; false when it is left out. */
    boolean offer(JsonNode message) {
        byte[] event = event(message);
        synchronized (this) {
            if (closed || abandoned || bytes + event.length > MOST_BYTES) {
                return false;
            }
            add(event);
        }
        wake();
        return true;
    }

    /** Adds a comment when nothing else waits, so that a client that is gone is noticed. */
    void keepAlive() {
        synchronized (this) {
            if (closed || abandoned || !waiting.isEmpty()) {
                return;
            }
            add(KEEP_ALIVE);
        }
        wake();
    }

    /** Adds the last message, if there is one, and ends. */
    void close(@Nullable JsonNode last) {
        byte[] event = last == null ? null : event(last);
        synchronized (this) {
            if (closed || abandoned) {
                return;
            }
            closed = true;
            if (event != null) {
                add(event);
            }
        }
        wake();
    }

    private void add(byte[] event) {
        waiting.add(event);
        bytes += event.length;
    }

    private void wake() {
        Runnable reader;
        synchronized (this) {
            reader = wake;
        }
        if (reader != null) {
            reader.run();
        }
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
        byte[] next = waiting.poll();
        if (next != null) {
            bytes -= next.length;
        }
        return next;
    }

    @Override
    public synchronized boolean ended() {
        return abandoned || (closed && waiting.isEmpty());
    }

    @Override
    public void abandon() {
        synchronized (this) {
            if (abandoned || ended()) {
                return;
            }
            abandoned = true;
            waiting.clear();
            bytes = 0;
        }
        onAbandon.run();
    }
}
