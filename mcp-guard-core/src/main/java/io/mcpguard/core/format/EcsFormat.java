package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The Elastic Common Schema 9.4.0 as JSON. docs/audit-formats.md has the table.
 *
 * <p>What ECS has no field for stands in {@code labels}, which an index keeps as keywords.
 *
 * @since 0.1
 */
public final class EcsFormat implements AuditFormat {

    private final Origin origin;

    /**
     * Makes the format.
     *
     * @param reporter the service that reports
     */
    public EcsFormat(AuditReporter reporter) {
        this(Origin.of(reporter));
    }

    EcsFormat(Origin origin) {
        this.origin = origin;
    }

    @Override
    public String format(AuditEvent event) {
        JsonLine json = new JsonLine();
        json.text("@timestamp", EventTime.iso(event.time())).text("message", EventKind.title(event));
        json.object("ecs").text("version", "9.4.0").endObject();
        event(json, event);
        service(json);
        caller(json, event);
        if (EventKind.of(event).isRequest()) {
            source(json, event.source());
            http(json, event);
            agent(json, event);
        }
        error(json, event);
        trace(json, event);
        labels(json, event);
        return json.end();
    }

    @Override
    public String name() {
        return "ecs";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public int maxBytes() {
        return MOST_BYTES;
    }

    private void event(JsonLine json, AuditEvent event) {
        AuditResult result = event.result();
        json.object("event")
                .text("kind", Severity.isAlert(event) ? "alert" : "event")
                .text("id", event.id().toString())
                .text("code", EventCode.of(event))
                .text("action", event.method())
                .text("module", "mcp_guard")
                .text("dataset", "mcp_guard.audit")
                .text("provider", origin.reporter().service())
                .text("outcome", outcome(result.outcome()))
                .text("reason", event.verdict().detail())
                .number("severity", Severity.of(event).outOfTen());
        EcsCategory.write(json, event);
        if (event.verdict().repeats().isPresent()) {
            span(json, event.verdict().repeats().get().since(), event.time());
        } else if (result.latency().isPresent()) {
            json.number("duration", EventTime.nanos(result.latency().get()));
        }
        event.link().ifPresent(link -> json.number("sequence", link.sequence()).text("hash", link.hash()));
        json.endObject();
    }

    private static void span(JsonLine json, Instant start, Instant end) {
        json.number("duration", EventTime.nanos(Duration.between(start, end)))
                .text("start", EventTime.iso(start))
                .text("end", EventTime.iso(end));
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case PENDING, UNKNOWN -> "unknown";
        };
    }

    private void service(JsonLine json) {
        AuditReporter reporter = origin.reporter();
        json.object("service")
                .text("name", reporter.service())
                .text("version", reporter.version())
                .text("environment", reporter.environment());
        json.object("node").text("name", reporter.node()).endObject().endObject();
    }

    private static void caller(JsonLine json, AuditEvent event) {
        AuditCaller caller = event.caller();
        json.object("user").text("name", caller.principal()).endObject();
        json.object("rule");
        @Nullable AuditLimit limit = event.verdict().limit().orElse(null);
        if (limit != null && !event.verdict().allowed()) {
            json.text("id", limit.name()).text("ruleset", "limit");
        } else if (EventKind.isProved(event)) {
            json.text("id", caller.profileId()).text("ruleset", "profile").text("version", caller.profileVersion());
        }
        json.endObject();
        json.object("related").array("user");
        caller.principal().ifPresent(json::element);
        json.endArray().array("ip");
        @Nullable IpAddress ip = IpAddress.of(event.source().address());
        if (ip != null) {
            json.element(ip.text());
        }
        json.endArray().array("hash");
        event.link().map(ChainLink::hash).ifPresent(json::element);
        json.endArray().endObject();
    }

    private static void source(JsonLine json, AuditSource source) {
        @Nullable IpAddress ip = IpAddress.of(source.address());
        for (String side : new String[] {"client", "source"}) {
            json.object(side).text("address", source.address()).text("ip", ip == null ? null : ip.text());
            if (source.port() > 0 && source.port() <= 0xFFFF) {
                json.number("port", source.port());
            }
            json.endObject();
        }
        json.object("user_agent").text("original", source.userAgent()).endObject();
    }

    private static void http(JsonLine json, AuditEvent event) {
        AuditResult result = event.result();
        json.object("http").object("request");
        if (event.channel() == Channel.REST) {
            json.text("method", event.method());
        }
        json.object("body").number("bytes", result.bytesIn()).endObject().endObject();
        json.object("response").number("status_code", result.httpStatus());
        json.object("body").number("bytes", result.bytesOut()).endObject().endObject();
        json.endObject();
        if (event.channel() == Channel.REST) {
            json.object("url").text("path", OcsfFormat.path(event)).endObject();
        }
    }

    private static void agent(JsonLine json, AuditEvent event) {
        if (!EventKind.namesTool(event)) {
            return;
        }
        json.object("gen_ai");
        json.object("operation").text("name", "execute_tool").endObject();
        json.object("tool").text("name", event.target().operationId()).text("type", "function");
        json.object("call").text("id", event.source().rpcId());
        json.object("arguments").arguments(event.arguments()).endObject();
        json.endObject().endObject();
        json.object("agent").text("id", event.caller().clientId()).endObject().endObject();
    }

    private static void error(JsonLine json, AuditEvent event) {
        json.object("error").text("type", EventKind.problem(event));
        if (event.result().rpcCode().isPresent()) {
            json.text("code", Integer.toString(event.result().rpcCode().getAsInt()));
        }
        json.endObject();
    }

    private static void trace(JsonLine json, AuditEvent event) {
        @Nullable TraceParent trace = TraceParent.of(event);
        if (trace != null) {
            json.object("trace").text("id", trace.traceId()).endObject();
        }
    }

    private static void labels(JsonLine json, AuditEvent event) {
        json.object("labels")
                .text("call_id", event.callId().toString())
                .text("channel", EventCode.lower(event.channel()))
                .text("stage", EventCode.lower(event.stage()))
                .text("client_id", event.caller().clientId())
                .text("profile_id", event.caller().profileId())
                .text("credential_id", event.caller().credentialId())
                .text("operation_id", event.target().operationId())
                .text("template", event.target().template())
                .text("decision", event.verdict().allowed() ? "allowed" : "denied")
                .text("mcp_protocol_version", event.source().protocolVersion())
                .text("mcp_client", event.source().clientInfo());
        if (event.channel() == Channel.MCP) {
            json.text("mcp_method", event.method());
        }
        event.verdict()
                .limit()
                .ifPresent(limit ->
                        json.text("limit", limit.name()).text("limit_remaining", Integer.toString(limit.remaining())));
        event.verdict().repeats().ifPresent(repeats -> json.text("count", Long.toString(repeats.count())));
        event.link()
                .ifPresent(link -> json.text("chain_uid", link.stream()).text("previous_hash", link.previousHash()));
        if (!EventKind.namesTool(event) && !event.arguments().isEmpty()) {
            json.text("arguments", JsonLine.ofArguments(event.arguments(), JsonLine.LONGEST_TEXT));
        }
        json.endObject();
    }
}
