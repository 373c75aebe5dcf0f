package io.mcpguard.otel;

import io.mcpguard.audit.AuditAttributes;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns events into log records. */
final class LogRecords {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger LATEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Of W3C Trace Context, whatever its version. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final AuditAttributes attributes;
    private final Optional<AuditFormat> body;

    LogRecords(AuditReporter reporter, AuditAttributes attributes, Optional<AuditFormat> body) {
        this.resource = Resource.create(resource(reporter));
        this.scope = InstrumentationScopeInfo.create("mcp-guard-audit");
        this.attributes = attributes;
        this.body = body;
    }

    private static Attributes resource(AuditReporter reporter) {
        AttributesBuilder resource = Attributes.builder().put("service.name", reporter.service());
        reporter.node().ifPresent(node -> resource.put("service.instance.id", node));
        reporter.version().ifPresent(version -> resource.put("service.version", version));
        reporter.environment().ifPresent(name -> resource.put("deployment.environment.name", name));
        return resource.build();
    }

    LogRecordData of(AuditEvent event) {
        return new AuditLogRecord(
                resource,
                scope,
                nanos(event.time()),
                event.source().traceparent().map(LogRecords::span).orElse(SpanContext.getInvalid()),
                attributes(event),
                attributes.eventName(event),
                body.map(format -> Value.of(format.format(event))));
    }

    private Attributes attributes(AuditEvent event) {
        AttributesBuilder named = Attributes.builder();
        attributes.attributes(event).forEach((name, value) -> {
            if (value instanceof Long number) {
                named.put(AttributeKey.longKey(name), number);
            } else {
                named.put(name, value.toString());
            }
        });
        return named.build();
    }

    /** The caller's span, which the record belongs to; none when what the caller sent is none. */
    private static SpanContext span(String traceparent) {
        Matcher parts = TRACEPARENT.matcher(traceparent);
        return parts.matches()
                ? SpanContext.createFromRemoteParent(
                        parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault())
                : SpanContext.getInvalid();
    }

    /** OTLP has 64 bits from 1970 on. */
    private static long nanos(Instant time) {
        BigInteger nanos =
                BigInteger.valueOf(time.getEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(time.getNano()));
        return nanos.max(BigInteger.ZERO).min(LATEST).longValueExact();
    }
}
