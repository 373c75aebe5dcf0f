package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A record on its way from the thread of a request to the writer, and the answer on its way back. */
final class PendingAppend {

    private enum State {
        QUEUED,
        TAKEN,
        GIVEN_UP,
        KEPT,
        FAILED
    }

    private final UUID callId;
    private final Stage stage;
    private final byte[] payload;
    private final Thread waiter = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private volatile @Nullable Throwable cause;

    PendingAppend(AuditEvent event) {
        this(event.callId(), event.stage(), AuditEventJson.payload(event));
    }

    private PendingAppend(UUID callId, Stage stage, byte[] payload) {
        this.callId = callId;
        this.stage = stage;
        this.payload = payload;
    }

    /** Something to pass to the writer that is never written. */
    static PendingAppend nothing() {
        PendingAppend nothing = new PendingAppend(new UUID(0, 0), Stage.NOTICE, new byte[0]);
        nothing.state.set(State.GIVEN_UP);
        return nothing;
    }

    UUID callId() {
        return callId;
    }

    Stage stage() {
        return stage;
    }

    byte[] payload() {
        return payload;
    }

    /** The writer takes it; false when the request has stopped waiting, and then nothing may be written. */
    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    void kept() {
        state.set(State.KEPT);
        LockSupport.unpark(waiter);
    }

    void failed(Throwable why) {
        cause = why;
        state.set(State.FAILED);
        LockSupport.unpark(waiter);
    }

    /** Waits for the answer. An interrupt is kept for later: the caller must learn whether its record stands. */
    void await(long deadlineNanos) {
        long end = System.nanoTime() + deadlineNanos;
        boolean interrupted = false;
        try {
            while (isOpen()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    giveUp();
                    break;
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (state.get() == State.FAILED) {
            throw new AuditWriteException("the audit journal could not keep a record: " + cause, cause);
        }
    }

    private boolean isOpen() {
        State now = state.get();
        return now == State.QUEUED || now == State.TAKEN;
    }

    private void giveUp() {
        if (state.compareAndSet(State.QUEUED, State.GIVEN_UP)) {
            throw new AuditWriteException(
                    "the audit journal did not get to a record in time; look at the disk and its load", null);
        }
        if (state.get() == State.TAKEN) {
            throw new AuditWriteException(
                    "the audit journal was still writing a record at its deadline; look at the disk and its load",
                    null);
        }
    }
}
