package io.mcpguard.syslog;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection for all batches, made anew when it is found closed; what the old one may have lost goes over the new one first. */
final class KeptConnection {

    private final Receiver receiver;
    private final AuditFormat format;

    /** Newest of the events that were written to the connection; nobody knows whether they were read. */
    private final Deque<AuditEvent> unproved = new ArrayDeque<>();

    private @Nullable SyslogConnection open;

    KeptConnection(Receiver receiver, AuditFormat format) {
        this.receiver = receiver;
        this.format = format;
    }

    void send(List<AuditEvent> events, Deadline deadline) throws IOException {
        @Nullable SyslogConnection connection = open;
        boolean done = false;
        try {
            if (connection == null || !connection.isAlive(deadline)) {
                letGo();
                connection = receiver.connect(deadline);
                open = connection;
                write(List.copyOf(unproved), connection);
            }
            write(events, connection);
            connection.finish(deadline);
            done = true;
        } finally {
            if (!done) {
                letGo();
            }
        }
        unproved.addAll(events);
        while (unproved.size() > SyslogAuditSink.REMEMBERED) {
            unproved.removeFirst();
        }
    }

    private void write(List<AuditEvent> events, SyslogConnection connection) throws IOException {
        for (AuditEvent event : events) {
            connection.send(format.format(event));
        }
    }

    /** Ends it in order. Everything was written, so that a receiver which does not answer changes nothing now. */
    void end(Deadline deadline) {
        @Nullable SyslogConnection connection = open;
        if (connection != null) {
            try {
                connection.end(deadline);
            } catch (IOException e) {
                // It is closed below, as it would have been after an answer.
            }
            letGo();
        }
    }

    private void letGo() {
        @Nullable SyslogConnection connection = open;
        open = null;
        if (connection != null) {
            connection.close();
        }
    }
}
