package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a log service over HTTPS. What a request looks like and what an answer means is up to an {@link HttpTemplate}:
 * Splunk, Elastic, Datadog, or a webhook.
 *
 * <p>A batch is split into requests that the service takes; when one of them fails, what was kept before it is not sent again. An
 * event that is handed over again is recognized by its id within this process; whether it may be there twice when nobody knows
 * what became of a request, or after a restart, is up to the service. The address is the only place that anything is sent to:
 * redirects are not followed, and proxies not looked for. For one thread at a time.
 *
 * @since 0.1
 */
public final class HttpSink implements AuditSink {

    private static final int TOO_LARGE = 413;

    /** A service that takes less than this takes no events. */
    private static final int LEAST_BYTES = 16_384;

    private final HttpTemplate template;
    private final AuditFormat format;
    private final URI endpoint;
    private final Duration timeout;
    private final InstantSource clock;
    private final ServiceCalls calls;
    private final @Nullable SplunkAcks acks;
    private final RecentIds kept = new RecentIds();
    private int mostBytes;
    private boolean closed;

    private HttpSink(Builder set, HttpCalls client) {
        this.template = set.template;
        this.format = set.format;
        this.endpoint = template.endpoint(set.address);
        this.timeout = set.timeout;
        this.clock = set.clock;
        this.calls = new ServiceCalls(client, template, set.address, clock);
        this.acks = template.acknowledgedWithin()
                .map(within -> new SplunkAcks(set.address, within))
                .orElse(null);
        this.mostBytes = template.mostBytes();
    }

    /**
     * Begins to set up a sink.
     *
     * @param address where the service is, without what a template adds to it; https, unless it is on this machine
     * @param template what the service wants
     * @param format how an event is written
     * @return a builder
     */
    public static Builder builder(URI address, HttpTemplate template, AuditFormat format) {
        return new Builder(address, template, format);
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the sink to " + calls + " is closed");
        }
        Deadline deadline = Deadline.in(timeout);
        try {
            send(events.stream().filter(this::isNew).toList(), deadline);
            if (acks != null) {
                acks.await(calls, template.headers(new byte[0], format, clock.instant()), kept, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditWriteException("sending to " + calls + " was interrupted", e);
        }
    }

    private boolean isNew(AuditEvent event) {
        return !kept.contains(event.id()) && (acks == null || !acks.isWaitingFor(event.id()));
    }

    /** In order, and nothing after a request that failed. */
    private void send(List<AuditEvent> events, Deadline deadline) throws InterruptedException {
        boolean json = HttpTemplate.isJson(format);
        List<UUID> ids = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (AuditEvent event : events) {
            byte[] piece = template.piece(event, format.format(event), json).getBytes(UTF_8);
            if (!ids.isEmpty() && body.size() + piece.length > mostBytes) {
                post(ids, body, deadline);
                ids.clear();
                body.reset();
            }
            body.writeBytes((ids.isEmpty() ? template.around(true) : template.separator()).getBytes(UTF_8));
            body.writeBytes(piece);
            ids.add(event.id());
        }
        if (!ids.isEmpty()) {
            post(ids, body, deadline);
        }
    }

    private void post(List<UUID> ids, ByteArrayOutputStream pieces, Deadline deadline) throws InterruptedException {
        pieces.writeBytes(template.around(false).getBytes(UTF_8));
        byte[] body = pieces.toByteArray();
        Map<String, String> headers = template.headers(body, format, clock.instant());
        Answer answer = calls.send(endpoint, body, acks == null ? headers : acks.onChannel(headers), deadline);
        if (answer.status() == TOO_LARGE) {
            mostBytes = Math.max(LEAST_BYTES, Math.min(mostBytes, body.length) / 2);
        }
        Receipt receipt = template.receipt(calls.checked(answer), ids.size());
        if (receipt instanceof Receipt.Kept) {
            ids.forEach(kept::add);
        } else if (receipt instanceof Receipt.Taken taken && acks != null) {
            acks.add(taken.ticket(), ids);
        } else if (receipt instanceof Receipt.Partly partly) {
            for (int i = 0; i < ids.size(); i++) {
                if (!partly.missing().get(i)) {
                    kept.add(ids.get(i));
                }
            }
            throw new AuditWriteException(
                    calls + " has not kept " + partly.missing().cardinality() + " of " + ids.size() + " events: "
                            + partly.why(),
                    null);
        } else if (receipt instanceof Receipt.Strange strange) {
            throw new AuditWriteException(calls + ": " + strange.why(), null);
        }
    }

    @Override
    public boolean confirms() {
        return template.confirms();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return calls.toString();
    }

    /**
     * Sets up a sink.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofMillis(4_500);

        private final URI address;
        private final HttpTemplate template;
        private final AuditFormat format;
        private Duration timeout = Duration.ofSeconds(4);
        private InstantSource clock = InstantSource.system();
        private @Nullable Path authorities;

        private Builder(URI address, HttpTemplate template, AuditFormat format) {
            this.address = Objects.requireNonNull(address, "address");
            this.template = Objects.requireNonNull(template, "template");
            this.format = Objects.requireNonNull(format, "format");
        }

        /**
         * Sets how long a batch may take, all its requests together; 4 seconds unless set.
         *
         * @param longest the time, at most 4.5 seconds, since the guard waits for 5
         * @return this
         */
        public Builder timeout(Duration longest) {
            timeout = Objects.requireNonNull(longest, "longest");
            return this;
        }

        /**
         * Trusts certificates of these authorities and of no others, instead of those that Java knows.
         *
         * @param pem file of certificates in PEM
         * @return this
         */
        public Builder trusting(Path pem) {
            authorities = Objects.requireNonNull(pem, "pem");
            return this;
        }

        /**
         * Sets the clock, which dates signatures and reads dates in answers.
         *
         * @param source the time
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Makes the sink. Nothing is sent yet.
         *
         * @return the sink
         * @throws ConfigurationException with everything that is wrong
         */
        public HttpSink build() {
            List<String> problems = new ArrayList<>(Addresses.problems(address));
            problems.addAll(template.problems(format));
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
                problems.add("timeout is not between 0 and 4.5 seconds");
            }
            SSLContext trust = null;
            try {
                trust = authorities == null ? null : TrustedCertificates.only(authorities);
            } catch (IOException | GeneralSecurityException e) {
                problems.add("ca-file " + authorities + " cannot be read as certificates in PEM");
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("audit sink", problems);
            }
            return new HttpSink(this, new HttpCalls(trust));
        }
    }
}
