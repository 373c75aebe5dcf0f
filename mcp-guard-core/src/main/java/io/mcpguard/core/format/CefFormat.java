package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The Common Event Format, for ArcSight, Microsoft Sentinel and others. docs/audit-formats.md has the table.
 *
 * <p>A record begins with {@code CEF:}; the syslog header that usually stands before it is the transport's. Control characters
 * of a value are made visible ({@code \\u000a}) rather than written as the {@code \n} that readers turn back into a line end.
 *
 * @since 0.1
 */
public final class CefFormat implements AuditFormat {

    private static final int MAX_BYTES = 128 * 1024;
    private static final int SHORT = 63;
    private static final int LONG = 1023;
    private static final int CONTEXT = 2048;
    private static final int CUSTOM = 4000;

    private final Origin origin;
    private final String header;

    private CefFormat(Origin origin, int version) {
        this.origin = origin;
        this.header = "CEF:" + version + "|" + Origin.GUARD + "|" + Origin.GUARD + "|"
                + VisibleText.cut(origin.guardVersion().orElse(Origin.NO_VERSION), 31) + "|";
    }

    /**
     * The format of specification 0.1, which every reader takes.
     *
     * @param reporter the service that reports
     * @return the format, whose records begin with {@code CEF:0}
     */
    public static CefFormat version0(AuditReporter reporter) {
        return of(Origin.of(reporter), 0);
    }

    /**
     * The format of specification 1.x.
     *
     * @param reporter the service that reports
     * @return the format, whose records begin with {@code CEF:1}
     */
    public static CefFormat version1(AuditReporter reporter) {
        return of(Origin.of(reporter), 1);
    }

    static CefFormat of(Origin origin, int version) {
        return new CefFormat(origin, version);
    }

    @Override
    public String format(AuditEvent event) {
        StringBuilder out = new StringBuilder(1536).append(header);
        out.append(EventCode.of(event)).append('|');
        out.append(EventKind.title(event)).append('|');
        out.append(Severity.of(event).outOfTen()).append('|');
        KeyedLine line = new KeyedLine(out, ' ', "\\=");
        what(line, event);
        who(line, event);
        where(line, event);
        custom(line, event);
        return line.end();
    }

    @Override
    public String name() {
        return "cef";
    }

    @Override
    public String mediaType() {
        return "text/plain";
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    private static void what(KeyedLine line, AuditEvent event) {
        line.number("rt", EventTime.millis(event.time()));
        @Nullable Duration latency = event.result().latency().orElse(null);
        @Nullable Repeats repeats = event.verdict().repeats().orElse(null);
        if (repeats == null && latency != null) {
            line.number("start", EventTime.startMillis(event.time(), latency));
            line.number("end", EventTime.millis(event.time()));
        }
        if (repeats != null) {
            line.number("start", EventTime.millis(repeats.since()));
            line.number("end", EventTime.millis(event.time()));
            line.number("cnt", integer(OptionalLong.of(repeats.count())));
        }
        line.text("externalId", event.id().toString(), 40)
                .text("act", event.verdict().allowed() ? "allowed" : "denied", SHORT)
                .text("outcome", outcome(event.result().outcome()), SHORT)
                .text("reason", event.verdict().reason(), LONG)
                .text("msg", event.verdict().detail(), LONG)
                .text("deviceFacility", "audit", LONG);
        String method = event.method();
        switch (event.channel()) {
            case MCP -> line.text("cat", "/API/MCP/" + method, LONG).text("app", "MCP", 31);
            case REST -> line.text("cat", "/API/REST/" + method, LONG).text("app", "HTTP", 31);
            case ADMIN -> line.text("cat", "/Admin/" + method, LONG);
            case SELF -> line.text("cat", "/Guard/" + method, LONG);
        }
        line.number("in", integer(event.result().bytesIn()))
                .number("out", integer(event.result().bytesOut()));
    }

    /** CEF's dictionary has 32 bits for a size or a count; one that does not fit is left out. */
    private static OptionalLong integer(OptionalLong number) {
        return number.orElse(-1) >= 0 && number.orElse(-1) <= Integer.MAX_VALUE ? number : OptionalLong.empty();
    }

    private static String outcome(Outcome outcome) {
        return EventCode.lower(outcome);
    }

    private static void who(KeyedLine line, AuditEvent event) {
        line.text("suser", event.caller().principal(), LONG);
        if (EventKind.of(event).isRequest()) {
            line.text("sourceServiceName", event.caller().clientId(), LONG);
        }
        @Nullable IpAddress ip = IpAddress.of(event.source().address());
        if (ip != null && ip.v6()) {
            line.labelled("c6a2", "Source IPv6 Address", ip.text(), LONG);
        } else if (ip != null) {
            line.text("src", ip.text(), LONG);
        }
        int port = event.source().port();
        if (port > 0 && port <= 0xFFFF) {
            line.number("spt", port);
        }
    }

    private void where(KeyedLine line, AuditEvent event) {
        line.text("destinationServiceName", origin.reporter().service(), LONG)
                .text("dvchost", origin.reporter().node(), 100)
                .text("deviceExternalId", origin.authority(), 255);
        if (event.channel() == Channel.REST) {
            line.text("request", OcsfFormat.path(event), LONG).text("requestMethod", event.method(), LONG);
        }
        line.text("requestClientApplication", event.source().userAgent(), LONG)
                .text("requestContext", event.source().clientInfo(), CONTEXT);
    }

    private static void custom(KeyedLine line, AuditEvent event) {
        String operation = event.target().operationId();
        if (!operation.equals(AuditTarget.UNKNOWN)) {
            line.labelled("cs1", EventKind.of(event).isRequest() ? "tool" : "entity", operation, LONG);
        }
        line.labelled("cs2", "profile", event.caller().profileId(), LONG);
        line.labelled("cs3", "callId", event.callId().toString(), LONG);
        @Nullable TraceParent trace = TraceParent.of(event);
        line.labelled("cs4", "traceId", trace == null ? null : trace.traceId(), LONG);
        @Nullable ChainLink link = event.link().orElse(null);
        line.labelled("cs5", "chain", link == null ? null : chain(link), LONG);
        if (!event.arguments().isEmpty()) {
            line.labelled("cs6", "args", JsonLine.ofArguments(event.arguments(), CUSTOM), CUSTOM);
        }
        AuditResult result = event.result();
        line.labelled(
                "cn1",
                "latencyMs",
                result.latency().isPresent()
                        ? OptionalLong.of(EventTime.millis(result.latency().get()))
                        : OptionalLong.empty());
        line.labelled("cn2", "jsonRpcCode", widened(result.rpcCode()));
        line.labelled("cn3", "httpStatus", widened(result.httpStatus()));
        line.labelled("flexString1", "credential", event.caller().credentialId().orElse(null), LONG);
        @Nullable AuditLimit limit = event.verdict().limit().orElse(null);
        line.labelled("flexString2", "limit", limit == null ? null : limit.name(), LONG);
    }

    private static String chain(ChainLink link) {
        return VisibleText.cut(link.stream(), 256) + ":" + link.sequence() + ":" + VisibleText.cut(link.hash(), 256);
    }

    private static OptionalLong widened(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }
}
