package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A record that waits to be written, and what its thread waits for. */
final class PendingAppend {

    /** Looks that a thread takes before it parks: a write takes less time than to fall asleep and be woken. */
    private static final int LOOKS = 200;

    private enum State {
        QUEUED,
        /** Still queued, and its thread writes next. */
        LEADING,
        TAKEN,
        /** The operating system has it, and others must too. */
        WRITTEN,
        GIVEN_UP,
        KEPT,
        FAILED
    }

    private final UUID callId;
    private final Stage stage;
    private final byte[] payload;
    private final AuditLevel level;
    private final Thread waiter = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final AtomicInteger owed;
    private volatile boolean parked;
    private volatile long sequence;
    private volatile @Nullable Throwable cause;

    PendingAppend(AuditEvent event, AuditLevel level) {
        this.callId = event.callId();
        this.stage = event.stage();
        this.payload = AuditEventJson.payload(event);
        this.level = level;
        this.owed = new AtomicInteger(confirmations(level));
    }

    /** How many besides the operating system have to say that they have the record: the disk, and a sink. */
    private static int confirmations(AuditLevel level) {
        return switch (level) {
            case MEMORY, PROCESS -> 0;
            case POWER -> 1;
            case REMOTE -> 2;
        };
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

    AuditLevel level() {
        return level;
    }

    /** Number of the record in its chain, once it is written. */
    long sequence() {
        return sequence;
    }

    /** Passes the turn to write to this one's thread; false when that has stopped waiting. */
    boolean lead() {
        boolean leads = state.compareAndSet(State.QUEUED, State.LEADING);
        wake();
        return leads;
    }

    /** Whoever writes takes it; false when the request has stopped waiting, and then nothing may be written. */
    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN) || state.compareAndSet(State.LEADING, State.TAKEN);
    }

    /**
     * Notes that the operating system has the record, which is all that most levels ask for; its thread may still sleep until
     * {@link #wake()}.
     */
    void written(long number) {
        sequence = number;
        state.compareAndSet(State.TAKEN, owed.get() > 0 ? State.WRITTEN : State.KEPT);
    }

    /** Notes that one more has the record who has to; its thread may still sleep until {@link #wake()}. */
    void confirmed() {
        if (owed.decrementAndGet() == 0) {
            state.compareAndSet(State.WRITTEN, State.KEPT);
        }
    }

    /** Notes why the record does not stand; its thread may still sleep until {@link #wake()}. */
    void failed(Throwable why) {
        cause = why;
        if (!state.compareAndSet(State.TAKEN, State.FAILED)) {
            state.compareAndSet(State.WRITTEN, State.FAILED);
        }
    }

    /** Wakes the thread if it sleeps and need not any more. Costs as much as several records, so not while others wait for the turn. */
    void wake() {
        if (parked && !isOpen()) {
            LockSupport.unpark(waiter);
        }
    }

    /**
     * Waits for the answer, or for the turn to write. An interrupt is kept for later: the caller must learn whether its record
     * stands.
     *
     * @return whether the turn has come to this thread
     * @throws AuditWriteException when the time is over
     */
    boolean await(long deadlineNanos) {
        for (int look = 0; look < LOOKS && isBeingWritten(); look++) {
            Thread.onSpinWait();
        }
        long end = isOpen() ? System.nanoTime() + deadlineNanos : 0;
        boolean interrupted = false;
        try {
            while (isOpen()) {
                parked = true;
                // Whoever changes the state after this look sees that this thread is parked.
                if (!isOpen()) {
                    break;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    giveUp();
                } else {
                    LockSupport.parkNanos(this, left);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return state.get() == State.LEADING;
    }

    /**
     * Returns when the record stands.
     *
     * @throws AuditWriteException when it does not
     */
    void outcome() {
        if (state.get() != State.KEPT) {
            throw new AuditWriteException("the audit journal could not keep a record: " + cause, cause);
        }
    }

    private boolean isOpen() {
        return isBeingWritten() || state.get() == State.WRITTEN;
    }

    private boolean isBeingWritten() {
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
        if (state.get() == State.WRITTEN) {
            throw AuditWriteException.unconfirmed(
                    level == AuditLevel.REMOTE
                            ? "disk and sink did not both confirm an audit record in time; look at what the sinks report"
                            : "the disk did not confirm an audit record in time; look at the disk and its load");
        }
    }
}
