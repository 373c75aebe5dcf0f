package io.mcpguard.otel;

import io.mcpguard.audit.AuditAttributes;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to an OTLP receiver as log records.
 *
 * <p>A batch is given to the exporter itself, and {@link #write} returns when the receiver has answered that it accepted all of it.
 * The exporters of OpenTelemetry look at the status alone and pass over what an answer says of records it refused; this sink reads
 * that and fails the batch then. What accepts a record may be a collector that passes it on from its memory: where calls wait for
 * this sink, or the journal deletes what it has taken, give the collector a queue on disk.
 *
 * <p>An event that is handed over again is recognized by its id, as long as it was among the last thousand that this process has
 * sent; the receiver finds the id in each record. A batch ends within 4.5 seconds. For one thread at a time.
 *
 * @since 0.1
 */
public final class OtelAuditSink implements AuditSink {

    private static final int REMEMBERED = 1024;

    /** An exporter gives up this much earlier, so that nothing is under way when the batch comes again. */
    private static final Duration ROOM = Duration.ofMillis(300);

    private final LogRecordExporter exporter;
    private final boolean confirms;
    private final LogRecords records;
    private final Duration longest;
    private final Set<UUID> sent = new LinkedHashSet<>();
    private boolean closed;

    private OtelAuditSink(Builder builder, LogRecordExporter exporter, boolean confirms) {
        this.exporter = exporter;
        this.confirms = confirms;
        this.records = new LogRecords(builder.reporter, builder.attributes, builder.body);
        this.longest = builder.longest;
    }

    /**
     * Begins a sink.
     *
     * @param reporter the service that reports: the resource of each record
     * @param attributes names of what a record says, such as {@code OtelAttributes} of the core
     * @return the builder
     */
    public static Builder builder(AuditReporter reporter, AuditAttributes attributes) {
        return new Builder(reporter, attributes);
    }

    /**
     * Tells whether answers are read.
     *
     * @return true, unless made with {@link Builder#exporter}
     */
    @Override
    public boolean confirms() {
        return confirms;
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the OTLP sink is closed");
        }
        List<AuditEvent> fresh =
                events.stream().filter(event -> !sent.contains(event.id())).toList();
        if (fresh.isEmpty()) {
            return;
        }
        List<LogRecordData> batch = fresh.stream().map(records::of).toList();
        CompletableResultCode result = exporter.export(batch).join(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (!result.isSuccess()) {
            throw failure(result);
        }
        remember(fresh);
    }

    private AuditWriteException failure(CompletableResultCode result) {
        if (!result.isDone()) {
            return new AuditWriteException("the OTLP receiver did not answer within " + longest, null);
        }
        @Nullable Throwable why = result.getFailureThrowable();
        @Nullable Throwable cause = why == null ? null : why.getCause();
        @Nullable String said = cause == null ? null : cause.getMessage();
        return new AuditWriteException(
                "the OTLP receiver did not accept a batch: "
                        + (said == null ? "see the exporter's own warning for what it answered" : Answer.visible(said)),
                why);
    }

    private void remember(List<AuditEvent> events) {
        events.forEach(event -> sent.add(event.id()));
        Iterator<UUID> oldest = sent.iterator();
        for (int over = sent.size() - REMEMBERED; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Closes the exporter too. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            exporter.shutdown().join(1, TimeUnit.SECONDS);
        }
    }

    /**
     * Settings of a sink.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final AuditReporter reporter;
        private final AuditAttributes attributes;
        private Optional<AuditFormat> body = Optional.empty();
        private Duration longest = Duration.ofMillis(4_500);

        private Builder(AuditReporter reporter, AuditAttributes attributes) {
            this.reporter = Objects.requireNonNull(reporter, "reporter");
            this.attributes = Objects.requireNonNull(attributes, "attributes");
        }

        /**
         * Puts the event into the body of its record too, as a text: the guard's own JSON holds everything, and reads back.
         *
         * @param format how the body is written; unless set, records have none
         * @return this builder
         */
        public Builder body(AuditFormat format) {
            this.body = Optional.of(format);
            return this;
        }

        Builder longest(Duration batch) {
            this.longest = batch;
            return this;
        }

        /**
         * Makes a sink that speaks OTLP over HTTP.
         *
         * @param exporter endpoint, headers, keys and whatever else there is to set. Its time-outs are set here, and so is its component
         *     loader, which is how answers are read. The guard offers a failed batch again by itself, so a retry policy of its own
         *     only brings duplicates: {@code setRetryPolicy(null)}
         * @return the sink
         */
        public OtelAuditSink http(OtlpHttpLogRecordExporterBuilder exporter) {
            exporter.setTimeout(longest.minus(ROOM))
                    .setConnectTimeout(longest.minus(ROOM))
                    .setComponentLoader(new ReadingSenders());
            return new OtelAuditSink(this, exporter.build(), true);
        }

        /**
         * Makes a sink that speaks OTLP over gRPC. A sender for gRPC has to be on the class path, such as
         * {@code opentelemetry-exporter-sender-okhttp}.
         *
         * @param exporter as for {@link #http}
         * @return the sink
         */
        public OtelAuditSink grpc(OtlpGrpcLogRecordExporterBuilder exporter) {
            exporter.setTimeout(longest.minus(ROOM))
                    .setConnectTimeout(longest.minus(ROOM))
                    .setComponentLoader(new ReadingSenders());
            return new OtelAuditSink(this, exporter.build(), true);
        }

        /**
         * Makes a sink on any exporter. Nobody here knows what its success means, so the sink does not
         * {@linkplain OtelAuditSink#confirms() confirm}.
         *
         * @param exporter takes the records; closed with the sink
         * @return the sink
         */
        public OtelAuditSink exporter(LogRecordExporter exporter) {
            return new OtelAuditSink(this, Objects.requireNonNull(exporter, "exporter"), false);
        }
    }
}
