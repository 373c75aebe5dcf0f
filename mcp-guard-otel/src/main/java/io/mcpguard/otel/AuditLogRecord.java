package io.mcpguard.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event as the exporters of OpenTelemetry take it. It has no severity, since the draft of the audit signal leaves that to whoever
 * judges the event.
 *
 * @param resource the service
 * @param scope who made the record
 * @param nanos when it happened, since 1970
 * @param span the caller's, if it named one
 * @param attributes what it says
 * @param eventName its kind
 * @param body the whole of it as a text, if asked for
 */
record AuditLogRecord(
        Resource resource,
        InstrumentationScopeInfo scope,
        long nanos,
        SpanContext span,
        Attributes attributes,
        String eventName,
        Optional<Value<String>> body)
        implements LogRecordData {

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    public long getTimestampEpochNanos() {
        return nanos;
    }

    /** The same: whoever keeps the journal saw it happen. */
    @Override
    public long getObservedTimestampEpochNanos() {
        return nanos;
    }

    @Override
    public SpanContext getSpanContext() {
        return span;
    }

    @Override
    public Severity getSeverity() {
        return Severity.UNDEFINED_SEVERITY_NUMBER;
    }

    @Override
    public @Nullable String getSeverityText() {
        return null;
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // LogRecordData still asks for it.
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return body.map(text -> io.opentelemetry.sdk.logs.data.Body.string(text.getValue()))
                .orElseGet(io.opentelemetry.sdk.logs.data.Body::empty);
    }

    @Override
    public @Nullable Value<?> getBodyValue() {
        return body.orElse(null);
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public String getEventName() {
        return eventName;
    }
}
