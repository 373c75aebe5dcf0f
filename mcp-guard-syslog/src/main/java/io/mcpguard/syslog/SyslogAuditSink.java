package io.mcpguard.syslog;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a syslog receiver over TLS (RFC 5425), whose certificate has to be valid for the name it is called by.
 *
 * <p><b>What returning means.</b> Syslog has no answer, so {@link #confirms()} is false. What can be had is taken: each batch is a
 * connection of its own, which is ended in order, and {@link #write} returns when the receiver has ended it too. Receivers read what
 * comes in order, so they have read the batch by then; whether they keep it only they know. When that end does not come, the batch
 * has failed and is sent again, so that a record can come twice, with the same id. A receiver that minds so many connections is sent
 * to with {@link Builder#keepConnection()}, which knows less.
 *
 * <p>An event that is handed over again is recognized by its id, as long as it was among the last thousand that this process has
 * sent. A batch ends within 4.5 seconds, one way or the other. For one thread at a time.
 *
 * @since 0.1
 */
public final class SyslogAuditSink implements AuditSink {

    /** Port of syslog over TLS (RFC 5425 section 4.1). */
    public static final int DEFAULT_PORT = 6514;

    /** How many of the newest events are remembered. */
    static final int REMEMBERED = 1024;

    private final Receiver receiver;
    private final AuditFormat format;
    private final Optional<KeptConnection> kept;
    private final Duration longest;
    private final ScheduledThreadPoolExecutor timer = Deadline.timer();
    private final Set<UUID> sent = new LinkedHashSet<>();
    private boolean closed;

    private SyslogAuditSink(Builder builder, Receiver receiver) {
        this.receiver = receiver;
        this.format = builder.format;
        this.kept = builder.keptOpen ? Optional.of(new KeptConnection(receiver, format)) : Optional.empty();
        this.longest = builder.longest;
    }

    /**
     * Begins a sink.
     *
     * @param host name of the receiver, for which its certificate is valid; or its address, if the certificate names that
     * @param port where it listens, usually {@link #DEFAULT_PORT}
     * @param format writes whole messages of RFC 5424, header and all, as {@code SyslogFormat} of the core does; CEF and LEEF go into
     *     the text of such a message
     * @return the builder
     */
    public static Builder builder(String host, int port, AuditFormat format) {
        return new Builder(host, port, format);
    }

    /**
     * Tells that syslog confirms nothing.
     *
     * @return false
     */
    @Override
    public boolean confirms() {
        return false;
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the syslog sink for " + receiver + " is closed");
        }
        List<AuditEvent> fresh =
                events.stream().filter(event -> !sent.contains(event.id())).toList();
        if (fresh.isEmpty()) {
            return;
        }
        Deadline deadline = new Deadline(timer, longest);
        try (deadline) {
            if (kept.isPresent()) {
                kept.get().send(fresh, deadline);
            } else {
                sendAndEnd(fresh, deadline);
            }
        } catch (SSLHandshakeException e) {
            throw new AuditWriteException(
                    "TLS with the syslog receiver " + receiver + " failed; look at the certificates of both: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            @Nullable String why = deadline.hasPassed() ? "it took longer than " + longest : e.getMessage();
            throw new AuditWriteException("the syslog receiver " + receiver + " did not take a batch: " + why, e);
        }
        remember(fresh);
    }

    private void sendAndEnd(List<AuditEvent> events, Deadline deadline) throws IOException {
        try (SyslogConnection connection = receiver.connect(deadline)) {
            for (AuditEvent event : events) {
                connection.send(format.format(event));
            }
            connection.finish(deadline);
            connection.end(deadline);
        }
    }

    private void remember(List<AuditEvent> events) {
        events.forEach(event -> sent.add(event.id()));
        Iterator<UUID> oldest = sent.iterator();
        for (int over = sent.size() - REMEMBERED; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Ends a kept connection in order, as far as the receiver goes along within a second. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Deadline deadline = new Deadline(timer, Duration.ofSeconds(1))) {
            kept.ifPresent(connection -> connection.end(deadline));
        }
        timer.shutdown();
    }

    /**
     * Settings of a sink.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String host;
        private final int port;
        private final AuditFormat format;
        private @Nullable SSLContext tls;
        private boolean keptOpen;
        private Duration longest = Duration.ofMillis(4_500);

        private Builder(String host, int port, AuditFormat format) {
            this.host = Objects.requireNonNull(host, "host");
            this.port = port;
            this.format = Objects.requireNonNull(format, "format");
        }

        /**
         * Says whom to trust, and with which certificate to introduce oneself where the receiver wants one (mutual TLS).
         *
         * @param context keys and trust; unless set, those of the JDK: its certificate authorities, and no certificate of one's own
         * @return this builder
         */
        public Builder tls(SSLContext context) {
            this.tls = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Uses one connection for all batches, for a receiver that minds a new one for each. Then {@link SyslogAuditSink#write} returns
         * when a batch has been written to a connection that nobody had closed 50 ms later. What a receiver had not read when it died
         * is sent again with the next batch, up to a thousand events, unless this process ends before.
         *
         * @return this builder
         */
        public Builder keepConnection() {
            this.keptOpen = true;
            return this;
        }

        Builder longest(Duration batch) {
            this.longest = batch;
            return this;
        }

        /**
         * Makes the sink. The first connection is made for the first batch.
         *
         * @return the sink
         * @throws ConfigurationException when host or port can be none
         */
        public SyslogAuditSink build() {
            List<String> problems = new ArrayList<>();
            if (host.isEmpty() || !host.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                problems.add("the host is a name or an address in visible ASCII characters");
            }
            if (port < 1 || port > 0xFFFF) {
                problems.add("the port is 1 to 65535, and usually " + DEFAULT_PORT);
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("syslog sink", problems);
            }
            SSLSocketFactory sockets =
                    tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls.getSocketFactory();
            return new SyslogAuditSink(this, new Receiver(host, port, sockets));
        }
    }
}
