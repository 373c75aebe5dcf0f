package io.mcpguard.audit;

import java.util.stream.Stream;

/**
 * Reads events back from where they are kept: the journal, or the tables of a sink.
 *
 * <p>Rules for implementers, each with a test in {@code AuditReaderContract}:
 *
 * <ul>
 *   <li><b>AR-1</b> Exactly the events that answer the query are read, each as it was written, with its link.
 *   <li><b>AR-2</b> Events of one chain come in the order of writing.
 *   <li><b>AR-3</b> The stream is read as it is asked for: many million events need no more memory than a few.
 *   <li><b>AR-4</b> Closing the stream lets go of what reading it needs. May be read by several threads at once, each with a
 *       stream of its own.
 *   <li><b>AR-5</b> Reading changes nothing.
 * </ul>
 *
 * @since 0.1
 */
public interface AuditReader {

    /**
     * Reads events.
     *
     * @param query which ones
     * @return the events, oldest first; to be closed
     * @throws io.mcpguard.error.StoreUnavailableException when they cannot be read, here or while the stream is read
     */
    Stream<AuditEvent> read(AuditQuery query);
}
