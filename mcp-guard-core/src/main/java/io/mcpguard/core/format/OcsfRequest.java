package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Channel;
import org.jspecify.annotations.Nullable;

/** Writes what OCSF says of a request: API Activity, and Authentication where nobody was proved. */
final class OcsfRequest {

    private static final int NETWORK_LOGON = 3;
    private static final int TARGET_ROLE = 1;
    private static final int TOOL_ROLE = 3;
    private static final int UNKNOWN_TYPE = 0;

    private final Origin origin;

    OcsfRequest(Origin origin) {
        this.origin = origin;
    }

    static boolean isMcp(AuditEvent event) {
        return event.channel() == Channel.MCP;
    }

    void call(JsonLine json, AuditEvent event) {
        actor(json, event);
        api(json, event);
        resource(json, event);
        endpoints(json, event);
        http(json, event);
        control(json, event);
        if (isMcp(event)) {
            agent(json, event);
        }
        @Nullable TraceParent trace = TraceParent.of(event);
        if (trace != null) {
            json.object("trace").text("uid", trace.traceId()).endObject();
        }
    }

    void authentication(JsonLine json, AuditEvent event) {
        json.object("user")
                .text("name", event.caller().principal().orElse(event.caller().clientId()))
                .text("credential_uid", event.caller().credentialId())
                .endObject();
        json.number("logon_type_id", NETWORK_LOGON).bool("is_remote", true);
        service(json, "service");
        endpoints(json, event);
        http(json, event);
        if (isMcp(event)) {
            message(json, event);
        }
    }

    private static void actor(JsonLine json, AuditEvent event) {
        AuditCaller caller = event.caller();
        json.object("actor").text("app_uid", caller.clientId());
        if (caller.principal().isPresent()) {
            json.object("user")
                    .text("name", caller.principal())
                    .text("credential_uid", caller.credentialId())
                    .endObject();
        }
        json.array("authorizations").element();
        json.text("decision", event.verdict().allowed() ? "allow" : "deny");
        json.object("policy");
        if (EventKind.isProved(event)) {
            json.text("uid", caller.profileId()).text("version", caller.profileVersion());
        }
        json.endObject().endObject().endArray().endObject();
    }

    private void api(JsonLine json, AuditEvent event) {
        boolean mcp = isMcp(event);
        boolean routed = !event.target().template().equals(AuditTarget.UNKNOWN);
        json.object("api")
                .text(
                        "operation",
                        mcp || !routed ? event.method() : event.target().template());
        json.object("group").text("name", mcp ? "mcp" : "rest").endObject();
        service(json, "service");
        json.text("version", event.source().protocolVersion());
        boolean named = event.source().rpcId().isPresent();
        if (named || !event.arguments().isEmpty()) {
            json.object("request")
                    .text(
                            "uid",
                            named
                                    ? event.source().rpcId().get()
                                    : event.callId().toString());
            json.object("data").arguments(event.arguments()).endObject().endObject();
        }
        AuditResult result = event.result();
        json.object("response").number("code", result.rpcCode().isPresent() ? result.rpcCode() : result.httpStatus());
        json.text("error", EventKind.problem(event)).endObject().endObject();
    }

    /** The same uid for both doors, so that calls of one operation are found by one query. */
    private void resource(JsonLine json, AuditEvent event) {
        String operation = event.target().operationId();
        if (operation.equals(AuditTarget.UNKNOWN)) {
            return;
        }
        json.array("resources").element();
        json.text("type", resourceType(event))
                .text("name", operation)
                .text("uid", origin.reporter().service() + "/" + operation)
                .number("role_id", TARGET_ROLE);
        json.endObject().endArray();
    }

    private static String resourceType(AuditEvent event) {
        if (!isMcp(event)) {
            return "http.route";
        }
        return switch (event.method()) {
            case "resources/read", "resources/subscribe", "resources/unsubscribe" -> "mcp.resource";
            case "prompts/get" -> "mcp.prompt";
            default -> "mcp.tool";
        };
    }

    private void endpoints(JsonLine json, AuditEvent event) {
        String address = event.source().address();
        @Nullable IpAddress ip = IpAddress.of(address);
        json.object("src_endpoint");
        if (ip == null) {
            json.text("name", address);
        } else {
            json.text("ip", ip.text()).text("name", event.source().clientInfo());
        }
        int port = event.source().port();
        if (port > 0 && port <= 0xFFFF) {
            json.number("port", port);
        }
        json.endObject();
        json.object("dst_endpoint")
                .text("svc_name", origin.reporter().service())
                .text("hostname", origin.reporter().node())
                .endObject();
    }

    private static void http(JsonLine json, AuditEvent event) {
        AuditResult result = event.result();
        json.object("http_request");
        if (!isMcp(event)) {
            json.text("http_method", event.method());
            json.object("url").text("path", OcsfFormat.path(event)).endObject();
        }
        json.text("user_agent", event.source().userAgent())
                .number("body_length", result.bytesIn())
                .endObject();
        if (result.httpStatus().isPresent()) {
            json.object("http_response").number("code", result.httpStatus());
            if (result.latency().isPresent()) {
                json.number("latency", EventTime.millis(result.latency().get()));
            }
            json.number("body_length", result.bytesOut()).endObject();
        }
    }

    private static void control(JsonLine json, AuditEvent event) {
        int disposition = switch (Disposition.of(event)) {
            case ALLOWED -> 1;
            case BLOCKED -> 2;
            case REJECTED -> 25;
            case UNAUTHORIZED -> 26;
            case FAILED, UNAVAILABLE -> 27;
        };
        json.number("action_id", event.verdict().allowed() ? 1 : 2).number("disposition_id", disposition);
        json.bool("is_alert", Severity.isAlert(event));
        @Nullable AuditLimit limit = event.verdict().limit().orElse(null);
        json.object("policy");
        if (limit != null && !event.verdict().allowed()) {
            json.text("name", limit.name()).text("type", "limit");
        } else if (EventKind.isProved(event)) {
            json.text("uid", event.caller().profileId())
                    .text("type", "profile")
                    .text("version", event.caller().profileVersion());
        }
        json.endObject();
    }

    private void agent(JsonLine json, AuditEvent event) {
        String client = event.caller().clientId();
        if (!client.equals(AuditCaller.ANONYMOUS)) {
            json.object("ai_agent")
                    .text("uid", client)
                    .number("type_id", UNKNOWN_TYPE)
                    .endObject();
        }
        message(json, event);
    }

    private void message(JsonLine json, AuditEvent event) {
        json.object("message_context");
        if (event.method().equals("tools/call")) {
            json.number("ai_role_id", TOOL_ROLE);
        }
        json.text("uid", event.source().rpcId());
        json.object("application").text("name", event.source().clientInfo()).endObject();
        service(json, "service");
        json.endObject();
    }

    private void service(JsonLine json, String name) {
        json.object(name)
                .text("name", origin.reporter().service())
                .text("version", origin.reporter().version())
                .endObject();
    }
}
