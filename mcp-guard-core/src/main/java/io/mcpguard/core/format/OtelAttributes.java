package io.mcpguard.core.format;

import io.mcpguard.audit.AuditAttributes;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenTelemetry log record says of an event, by the names of the conventions as of November 2026: {@code audit.*} of the
 * draft for an audit signal, {@code mcp.*} and {@code gen_ai.*}, which have no release yet. Whoever builds the record needs
 * nothing else but the event's time.
 *
 * @since 0.1
 */
public final class OtelAttributes implements AuditAttributes {

    private final String authority;

    /**
     * Makes the names and values of one service.
     *
     * @param reporter the service that reports
     */
    public OtelAttributes(AuditReporter reporter) {
        this.authority = Origin.of(reporter).authority();
    }

    @Override
    public String eventName(AuditEvent event) {
        return EventCode.ofMethod(event);
    }

    @Override
    public Map<String, Object> attributes(AuditEvent event) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        audit(attributes, event, authority);
        if (EventKind.of(event).isRequest()) {
            request(attributes, event);
            if (event.channel() == Channel.MCP) {
                mcp(attributes, event);
            }
        }
        guard(attributes, event);
        return Collections.unmodifiableMap(attributes);
    }

    private static void audit(Map<String, Object> attributes, AuditEvent event, String authority) {
        attributes.put("audit.record.id", event.id().toString());
        actor(attributes, event, authority);
        attributes.put("audit.action", action(event));
        attributes.put("audit.outcome", outcome(event.result().outcome()));
        attributes.put("audit.schema.version", "1");
        if (!event.target().operationId().equals(AuditTarget.UNKNOWN)) {
            attributes.put("audit.target.id", text(event.target().operationId()));
            attributes.put("audit.target.type", targetType(event));
        }
        attributes.put("audit.source.id", authority);
        attributes.put("audit.source.type", "service");
        event.link().ifPresent(link -> {
            attributes.put("audit.integrity.value", text(link.hash()));
            attributes.put("audit.sequence.number", link.sequence());
            attributes.put("audit.sequence.previous_hash", text(link.previousHash()));
            attributes.put("audit.sequence.stream_id", text(link.stream()));
        });
    }

    /** The client that called; the operator, as far as somebody knows; else the guard, which saw it happen. */
    private static void actor(Map<String, Object> attributes, AuditEvent event, String authority) {
        boolean request = EventKind.of(event).isRequest();
        Optional<String> operator = event.caller().principal();
        if (request) {
            attributes.put("audit.actor.id", text(event.caller().clientId()));
            attributes.put("audit.actor.type", "service");
        } else {
            attributes.put("audit.actor.id", operator.map(OtelAttributes::text).orElse(authority));
            attributes.put("audit.actor.type", operator.isPresent() ? "user" : "system");
        }
    }

    private static String action(AuditEvent event) {
        return switch (EventKind.of(event)) {
            case CALL -> {
                Activity activity = Activity.of(event);
                yield activity == Activity.INVOKE ? "EXECUTE" : activity.name();
            }
            case AUTHENTICATION -> "AUTHENTICATE";
            case CHANGE -> Change.of(event).name();
            case LIFECYCLE, FAULT ->
                switch (event.method()) {
                    case "journal-started" -> "START";
                    case "journal-stopped" -> "STOP";
                    default -> "REPORT";
                };
        };
    }

    private static String targetType(AuditEvent event) {
        return switch (EventKind.of(event)) {
            case CALL, AUTHENTICATION -> "operation";
            case CHANGE -> Change.entityType(event);
            case LIFECYCLE, FAULT -> "journal";
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case PENDING, UNKNOWN -> "unknown";
        };
    }

    private static void request(Map<String, Object> attributes, AuditEvent event) {
        attributes.put("client.address", text(event.source().address()));
        int port = event.source().port();
        if (port > 0 && port <= 0xFFFF) {
            attributes.put("client.port", (long) port);
        }
        put(attributes, "user_agent.original", event.source().userAgent());
        put(attributes, "enduser.id", event.caller().principal());
        event.result().httpStatus().ifPresent(status -> attributes.put("http.response.status_code", (long) status));
        if (event.channel() == Channel.REST) {
            attributes.put("http.request.method", text(event.method()));
            @Nullable String path = OcsfFormat.path(event);
            put(attributes, "http.route", Optional.ofNullable(path));
        }
        if (!event.verdict().allowed() || event.result().outcome() == Outcome.FAILURE) {
            put(attributes, "error.type", errorType(event));
        }
    }

    /** The code of JSON-RPC, else our own, else the status. */
    private static Optional<String> errorType(AuditEvent event) {
        if (event.result().rpcCode().isPresent()) {
            return Optional.of(Integer.toString(event.result().rpcCode().getAsInt()));
        }
        @Nullable String problem = EventKind.problem(event);
        if (problem != null) {
            return Optional.of(problem);
        }
        return event.result().httpStatus().stream().mapToObj(Integer::toString).findFirst();
    }

    private static void mcp(Map<String, Object> attributes, AuditEvent event) {
        attributes.put("mcp.method.name", text(event.method()));
        put(attributes, "mcp.protocol.version", event.source().protocolVersion());
        put(attributes, "jsonrpc.request.id", event.source().rpcId());
        event.result().rpcCode().ifPresent(code -> attributes.put("rpc.response.status_code", Integer.toString(code)));
        if (event.method().equals("tools/call")) {
            attributes.put("gen_ai.operation.name", "execute_tool");
            attributes.put(
                    "gen_ai.tool.name",
                    EventKind.namesTool(event) ? text(event.target().operationId()) : "_OTHER");
        }
    }

    private static void guard(Map<String, Object> attributes, AuditEvent event) {
        attributes.put("mcp_guard.call.id", event.callId().toString());
        attributes.put("mcp_guard.stage", EventCode.lower(event.stage()));
        attributes.put("mcp_guard.channel", EventCode.lower(event.channel()));
        attributes.put("mcp_guard.profile.id", text(event.caller().profileId()));
        put(attributes, "mcp_guard.credential.id", event.caller().credentialId());
        attributes.put("mcp_guard.decision", event.verdict().allowed() ? "allowed" : "denied");
        attributes.put("mcp_guard.rule", text(event.verdict().detail()));
        put(attributes, "mcp_guard.client", event.source().clientInfo());
        event.result().latency().ifPresent(span -> attributes.put("mcp_guard.duration_ms", EventTime.millis(span)));
        event.verdict().limit().ifPresent(limit -> attributes.put("mcp_guard.limit", text(limit.name())));
        event.verdict().repeats().ifPresent(repeats -> {
            attributes.put("mcp_guard.count", repeats.count());
            attributes.put("mcp_guard.since", EventTime.iso(repeats.since()));
        });
        if (!event.arguments().isEmpty()) {
            attributes.put("mcp_guard.arguments", JsonLine.ofArguments(event.arguments(), 4000));
        }
    }

    private static void put(Map<String, Object> attributes, String name, Optional<String> value) {
        value.ifPresent(present -> attributes.put(name, text(present)));
    }

    private static String text(String value) {
        return VisibleText.of(value, JsonLine.LONGEST_TEXT);
    }
}
