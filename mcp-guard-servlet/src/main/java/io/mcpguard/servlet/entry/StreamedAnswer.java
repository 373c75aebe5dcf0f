package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.EventStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends events while they are made, each as soon as the client takes it.
 *
 * <p>Wake-ups come from any thread and never wait: one thread sends at a time, and whoever comes meanwhile leaves word that
 * there is more. Only the end of the exchange waits for that thread, which itself waits for nothing: a container gives the
 * response to another request once it has told of an error, and nothing must be written to it from then on.
 */
final class StreamedAnswer implements WriteListener, AnswerSending {

    private static final int CHUNK = 8192;

    private final EventStream events;
    private final ServletOutputStream out;
    private final Exchange exchange;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    /** Held by whoever is about to use what belongs to the container, and guards the fields below. */
    private final Object container = new Object();

    private boolean closed;
    private byte[] current = {};
    private int sent;
    /** From the start: the head is to leave before the first event. */
    private boolean unflushed = true;

    StreamedAnswer(EventStream events, ServletOutputStream out, Exchange exchange) {
        this.events = events;
        this.out = out;
        this.exchange = exchange;
    }

    /** Nothing is written before the container has called this once. */
    @Override
    public void onWritePossible() {
        if (opened.compareAndSet(false, true)) {
            events.onReady(this::send);
        }
        send();
    }

    private void send() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        int answered;
        do {
            answered = calls.get();
            turn();
        } while (calls.addAndGet(-answered) > 0);
    }

    private void turn() {
        synchronized (container) {
            if (closed) {
                return;
            }
            try {
                closed = takeAll();
                if (closed) {
                    exchange.complete();
                }
                return;
            } catch (IOException | RuntimeException | Error e) {
                closed = true;
                exchange.lost(e);
            }
        }
        events.abandon();
    }

    /** Returns whether everything has left. */
    private boolean takeAll() throws IOException {
        while (out.isReady()) {
            if (sent < current.length) {
                int length = Math.min(CHUNK, current.length - sent);
                out.write(current, sent, length);
                sent += length;
                unflushed = true;
                continue;
            }
            byte[] next = events.poll();
            if (next != null) {
                current = next;
                sent = 0;
            } else if (unflushed) {
                out.flush();
                unflushed = false;
            } else {
                return events.ended();
            }
        }
        return false;
    }

    @Override
    public void onError(Throwable failure) {
        synchronized (container) {
            if (closed) {
                return;
            }
            closed = true;
            exchange.lost(failure);
        }
        events.abandon();
    }

    @Override
    public void gone() {
        synchronized (container) {
            if (closed) {
                return;
            }
            closed = true;
        }
        events.abandon();
    }
}
