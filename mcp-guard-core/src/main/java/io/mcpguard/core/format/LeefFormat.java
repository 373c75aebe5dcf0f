package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.ChainLink;
import org.jspecify.annotations.Nullable;

/**
 * The Log Event Extended Format 2.0, for QRadar, with a tab between pairs. docs/audit-formats.md has the table.
 *
 * <p>LEEF has no escapes, so a tab or a line end in a value is made visible ({@code \\u0009}).
 *
 * @since 0.1
 */
public final class LeefFormat implements AuditFormat {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int NAME = 255;
    private static final int LONG = 1023;
    private static final int ARGUMENTS = 4000;

    private final Origin origin;
    private final String header;

    /**
     * Makes the format.
     *
     * @param reporter the service that reports
     */
    public LeefFormat(AuditReporter reporter) {
        this(Origin.of(reporter));
    }

    LeefFormat(Origin origin) {
        this.origin = origin;
        this.header = "LEEF:2.0|" + Origin.GUARD + "|" + Origin.GUARD + "|"
                + origin.guardVersion().orElse(Origin.NO_VERSION) + "|";
    }

    @Override
    public String format(AuditEvent event) {
        StringBuilder out = new StringBuilder(1536).append(header);
        out.append(EventCode.of(event)).append("|x09|");
        KeyedLine line = new KeyedLine(out, '\t', "");
        line.text("devTime", EventTime.months(event.time()), NAME)
                .text("devTimeFormat", "MMM dd yyyy HH:mm:ss.SSS z", NAME)
                .text("cat", EventCode.lower(event.stage()) + "/" + decision(event), NAME)
                .number("sev", Severity.of(event).outOfTen());
        who(line, event);
        what(line, event);
        line.text("service", origin.reporter().service(), NAME)
                .text("node", origin.reporter().node(), NAME)
                .text("environment", origin.reporter().environment(), NAME);
        chain(line, event);
        return line.end();
    }

    @Override
    public String name() {
        return "leef";
    }

    @Override
    public String mediaType() {
        return "text/plain";
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    private static String decision(AuditEvent event) {
        return event.verdict().allowed() ? "allowed" : "denied";
    }

    private static void who(KeyedLine line, AuditEvent event) {
        @Nullable IpAddress ip = IpAddress.of(event.source().address());
        line.text("src", ip == null ? null : ip.text(), NAME);
        int port = event.source().port();
        if (port > 0 && port <= 0xFFFF) {
            line.number("srcPort", port);
        }
        AuditCaller caller = event.caller();
        line.text("usrName", caller.principal(), NAME)
                .text("consumer", caller.clientId(), LONG)
                .text("profile", caller.profileId(), LONG)
                .text("credential", caller.credentialId(), LONG)
                .text("userAgent", event.source().userAgent(), LONG)
                .text("mcpClient", event.source().clientInfo(), LONG);
    }

    private static void what(KeyedLine line, AuditEvent event) {
        AuditResult result = event.result();
        String operation = event.target().operationId();
        line.text("uid", event.id().toString(), NAME)
                .text("callId", event.callId().toString(), NAME)
                .text("channel", EventCode.lower(event.channel()), NAME)
                .text("method", event.method(), LONG)
                .text("operationId", operation.equals(AuditTarget.UNKNOWN) ? null : operation, LONG)
                .text("tool", EventKind.namesTool(event) ? operation : null, LONG)
                .text("template", event.target().template(), LONG)
                .text("outcome", EventCode.lower(result.outcome()), NAME)
                .text("reason", event.verdict().reason(), LONG)
                .text("detail", event.verdict().detail(), LONG)
                .number("httpStatus", result.httpStatus())
                .number("rpcCode", result.rpcCode());
        if (result.latency().isPresent()) {
            line.number("latencyMs", EventTime.millis(result.latency().get()));
        }
        line.number("bytesIn", result.bytesIn()).number("bytesOut", result.bytesOut());
        event.verdict().limit().ifPresent(limit -> line.text("limit", limit.name(), LONG));
        event.verdict()
                .repeats()
                .ifPresent(repeats ->
                        line.number("count", repeats.count()).text("since", EventTime.iso(repeats.since()), NAME));
        if (!event.arguments().isEmpty()) {
            line.text("args", JsonLine.ofArguments(event.arguments(), ARGUMENTS), ARGUMENTS);
        }
    }

    private static void chain(KeyedLine line, AuditEvent event) {
        @Nullable TraceParent trace = TraceParent.of(event);
        line.text("traceId", trace == null ? null : trace.traceId(), NAME);
        @Nullable ChainLink link = event.link().orElse(null);
        if (link != null) {
            line.text("chain", link.stream(), NAME)
                    .number("seq", link.sequence())
                    .text("hash", link.hash(), NAME);
        }
    }
}
