package io.mcpguard.audit;

import io.mcpguard.error.AuditWriteException;
import java.util.List;

/**
 * Keeps audit events somewhere else than in the journal: in a file, a table, a log service.
 *
 * <p>The guard hands over events in batches from one thread that it owns, after the journal has them. A sink is therefore
 * free to block, and needs no locking of its own against the guard. A sink that fails or hangs delays no call.
 *
 * <p>Rules for implementers, each with a test in {@code AuditSinkContract}:
 *
 * <ul>
 *   <li><b>AS-1</b> Events are kept in the order given.
 *   <li><b>AS-2</b> Returning means kept: a crash of this process a moment later loses none of the batch. A sink whose
 *       other side does not say so is no exception by silence: it answers {@link #confirms()} with false.
 *   <li><b>AS-3</b> Throwing means "not all kept". The guard hands over the same events again, perhaps fewer at once, so the
 *       sink recognizes an event it already has by {@link AuditEvent#id()}.
 *   <li><b>AS-4</b> A batch is done within 5 seconds. After that the guard interrupts the thread and counts the batch
 *       as failed.
 *   <li><b>AS-5</b> Nothing is added that came from the request: what the event does not hold is not to be recorded.
 *   <li><b>AS-6</b> {@link #close()} may be called twice. A write after it fails with {@link IllegalStateException}.
 * </ul>
 *
 * @since 0.1
 */
public interface AuditSink extends AutoCloseable {

    /**
     * Keeps a batch.
     *
     * @param events 1 to 512 events, oldest first; the list is immutable and may be kept
     * @throws AuditWriteException when at least one event was not kept
     */
    void write(List<AuditEvent> events);

    /**
     * Says whether {@link #write} returns because somebody beyond this machine has said that the events are kept there. A call that
     * has to wait until its record is elsewhere waits for such a sink.
     *
     * @return false for a sink that hands events to something without an answer, such as syslog, or keeps them on this machine;
     *     always the same
     */
    default boolean confirms() {
        return true;
    }

    /** Lets go of files and connections. Everything written before is already kept (AS-2). */
    @Override
    default void close() {}
}
