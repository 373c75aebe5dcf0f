package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Syslog messages of RFC 5424 with structured data, facility 13 (log audit). docs/audit-formats.md has the table.
 *
 * <p>The message may carry another format, CEF for one; the structured data then says only which event it is. A message never
 * has more than {@link #maxBytes()} bytes: what does not fit is left out whole, and the parameter {@code isTruncated} says so,
 * with {@code untruncatedSize} in bytes. Framing (RFC 5425, RFC 6587) is the transport's.
 *
 * @since 0.1
 */
public final class SyslogFormat implements AuditFormat {

    /** Receivers should take 8,192 (RFC 5424 section 6.1); rsyslog cuts a message into two after so many, unless set otherwise. */
    private static final int DEFAULT_MAX_BYTES = 8096;

    private static final int LEAST_MAX_BYTES = 1024;
    private static final long HIGHEST_ENTERPRISE_NUMBER = 0xFFFF_FFFFL;
    private static final int FACILITY = 13 * 8;
    private static final int LONGEST_APP = 48;
    private static final int LONGEST_MESSAGE_ID = 32;

    private static final String TRUNCATED = "isTruncated";
    private static final String SIZE = "untruncatedSize";

    /** For both parameters of the mark, with a size of seven digits. */
    private static final int ROOM_FOR_MARK = 56;

    private final AuditReporter reporter;
    private final Origin origin;
    private final long enterpriseNumber;
    private final int maxBytes;
    private final Optional<AuditFormat> message;

    /**
     * Makes the format, with messages of 8,096 bytes at most.
     *
     * @param reporter the service that reports; its node is the host name of the header
     * @param enterpriseNumber the private enterprise number of whoever runs the service, under which the names of the
     *     parameters are theirs; IANA gives them out, and 32473 is for examples
     */
    public SyslogFormat(AuditReporter reporter, long enterpriseNumber) {
        this(reporter, enterpriseNumber, DEFAULT_MAX_BYTES, Optional.empty());
    }

    private SyslogFormat(AuditReporter reporter, long enterpriseNumber, int maxBytes, Optional<AuditFormat> message) {
        if (enterpriseNumber < 1 || enterpriseNumber > HIGHEST_ENTERPRISE_NUMBER) {
            throw new IllegalArgumentException("a private enterprise number is 1 to " + HIGHEST_ENTERPRISE_NUMBER);
        }
        if (maxBytes < LEAST_MAX_BYTES || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a message has at most " + LEAST_MAX_BYTES + " to " + MOST_BYTES + " bytes");
        }
        this.reporter = reporter;
        this.origin = Origin.of(reporter);
        this.enterpriseNumber = enterpriseNumber;
        this.maxBytes = maxBytes;
        this.message = message;
    }

    /**
     * Sets another bound.
     *
     * @param bytes 1,024 to 1 MiB; every receiver takes 2,048, and rsyslog 8,096 unless set otherwise
     * @return a copy with that bound
     */
    public SyslogFormat withMaxBytes(int bytes) {
        return new SyslogFormat(reporter, enterpriseNumber, bytes, message);
    }

    /**
     * Carries another format as the text of the message.
     *
     * @param format what the text is written in
     * @return a copy that carries it
     */
    public SyslogFormat carrying(AuditFormat format) {
        return new SyslogFormat(reporter, enterpriseNumber, maxBytes, Optional.of(format));
    }

    @Override
    public String format(AuditEvent event) {
        String header = header(event);
        String text = message.isPresent() ? message.get().format(event) : EventKind.title(event);
        int textBytes = StructuredData.utf8Length(text, 0) + 1;
        StructuredData data =
                new StructuredData("mcpGuard@" + enterpriseNumber, maxBytes - header.length() - ROOM_FOR_MARK);
        identity(data, event);
        if (message.isEmpty()) {
            details(data, event);
        }
        boolean carried = textBytes <= data.room();
        int leftOut = data.leftOut() + (carried ? 0 : textBytes);
        if (leftOut > 0) {
            int taken = maxBytes - ROOM_FOR_MARK - data.room() + (carried ? textBytes : 0);
            data.reserved(ROOM_FOR_MARK, TRUNCATED, "true").param(SIZE, Integer.toString(taken + leftOut));
        }
        return header + data.end() + (carried ? " " + text : "");
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public String mediaType() {
        return "text/plain";
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    private String header(AuditEvent event) {
        String id = EventCode.ofMethod(event);
        return "<" + (FACILITY + severity(Severity.of(event))) + ">1 " + EventTime.iso(event.time()) + " "
                + reporter.node().orElse("-") + " " + first(reporter.service(), LONGEST_APP) + " - "
                + first(id, LONGEST_MESSAGE_ID) + " ";
    }

    private static String first(String text, int longest) {
        return text.substring(0, Math.min(longest, text.length()));
    }

    private static int severity(Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 6;
            case LOW -> 5;
            case MEDIUM -> 4;
            case HIGH -> 2;
        };
    }

    private void identity(StructuredData data, AuditEvent event) {
        @Nullable ChainLink link = event.link().orElse(null);
        data.param("uid", event.id().toString())
                .param("callId", event.callId().toString())
                .param("stage", EventCode.lower(event.stage()));
        if (link != null) {
            data.param("seq", OptionalLong.of(link.sequence()))
                    .param("chain", link.stream())
                    .param("hash", link.hash());
        }
        data.param("authority", origin.authority());
    }

    private static void details(StructuredData data, AuditEvent event) {
        AuditCaller caller = event.caller();
        AuditResult result = event.result();
        String operation = event.target().operationId();
        data.param("channel", EventCode.lower(event.channel()))
                .param("method", event.method())
                .param(
                        EventKind.of(event).isRequest() ? "tool" : "entity",
                        operation.equals(AuditTarget.UNKNOWN) ? null : operation)
                .param("template", event.target().template())
                .param("consumer", caller.clientId())
                .param("profile", caller.profileId())
                .param("principal", caller.principal())
                .param("credential", caller.credentialId())
                .param("decision", event.verdict().allowed() ? "allowed" : "denied")
                .param("reason", event.verdict().reason())
                .param("detail", event.verdict().detail())
                .param("limit", event.verdict().limit().map(AuditLimit::name))
                .param("count", event.verdict().repeats().map(repeats -> Long.toString(repeats.count())))
                .param("since", event.verdict().repeats().map(repeats -> EventTime.iso(repeats.since())))
                .param("outcome", EventCode.lower(result.outcome()))
                .param("httpStatus", result.httpStatus())
                .param("rpcCode", result.rpcCode())
                .param("latencyMs", result.latency().map(span -> Long.toString(EventTime.millis(span))))
                .param("bytesIn", result.bytesIn())
                .param("bytesOut", result.bytesOut())
                .param("src", event.source().address())
                .param("userAgent", event.source().userAgent())
                .param("mcpClient", event.source().clientInfo());
        @Nullable TraceParent trace = TraceParent.of(event);
        data.param("traceId", trace == null ? null : trace.traceId());
        if (!event.arguments().isEmpty()) {
            data.param("args", JsonLine.ofArguments(event.arguments(), 500));
        }
    }
}
