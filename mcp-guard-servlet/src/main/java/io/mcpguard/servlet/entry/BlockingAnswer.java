package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.EventStream;
import io.mcpguard.core.protocol.McpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends an answer through a filter that can only block, on a thread that may. */
final class BlockingAnswer implements Runnable, AnswerSending {

    private final McpResponse answer;
    private final OutputStream out;
    private final Exchange exchange;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicBoolean closed = new AtomicBoolean();

    BlockingAnswer(McpResponse answer, OutputStream out, Exchange exchange) {
        this.answer = answer;
        this.out = out;
        this.exchange = exchange;
    }

    @Override
    public void run() {
        try {
            if (answer.stream().isPresent()) {
                send(answer.stream().get());
            } else {
                out.write(answer.body());
            }
            if (closed.compareAndSet(false, true)) {
                exchange.complete();
            }
        } catch (IOException | RuntimeException | Error e) {
            gone();
            exchange.lost(e);
        }
    }

    private void send(EventStream events) throws IOException {
        events.onReady(wakes::release);
        boolean unflushed = true;
        while (!closed.get()) {
            byte[] next = events.poll();
            if (next != null) {
                out.write(next);
                unflushed = true;
            } else if (unflushed) {
                out.flush();
                unflushed = false;
            } else if (events.ended()) {
                return;
            } else {
                await();
            }
        }
    }

    private void await() throws IOException {
        try {
            wakes.acquire();
            wakes.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the mount is being closed");
        }
    }

    @Override
    public void gone() {
        if (closed.compareAndSet(false, true)) {
            answer.stream().ifPresent(EventStream::abandon);
            wakes.release();
        }
    }
}
