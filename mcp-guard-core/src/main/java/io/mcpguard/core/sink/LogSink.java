package io.mcpguard.core.sink;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the logging of the service, each as one line at INFO to the logger {@code mcp-guard.audit}, for those whose logs
 * are collected anyway.
 *
 * <p>Logging says nothing about what became of a line, so this sink does not confirm, and an event that is handed over again is
 * logged again unless it was among the last thousand of this process. For one thread at a time.
 *
 * @since 0.1
 */
public final class LogSink implements AuditSink {

    /** Name of the logger. */
    public static final String LOGGER = "mcp-guard.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final AuditFormat format;
    private final RecentLines recent = RecentLines.none();
    private boolean closed;

    /**
     * Makes a sink.
     *
     * @param format how an event is written
     */
    public LogSink(AuditFormat format) {
        this.format = Objects.requireNonNull(format, "format");
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the sink to the log is closed");
        }
        for (AuditEvent event : events) {
            String line = format.format(event);
            if (!recent.contains(line)) {
                LOG.info("{}", line);
                recent.add(line);
            }
        }
    }

    @Override
    public boolean confirms() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
