package io.mcpguard.core.protocol;

import io.mcpguard.audit.AuditTarget;
import java.util.Set;

/** The methods that records name: those of any revision of MCP. Any other word is whatever a caller wrote. */
final class NamedMethods {

    private static final Set<String> OF_PROTOCOL = Set.of(
            "initialize",
            "ping",
            "server/discover",
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/read",
            "resources/templates/list",
            "resources/subscribe",
            "resources/unsubscribe",
            "subscriptions/listen",
            "completion/complete",
            "logging/setLevel",
            "tasks/get",
            "tasks/list",
            "tasks/result",
            "tasks/update",
            "tasks/cancel",
            "roots/list",
            "sampling/createMessage",
            "elicitation/create",
            "notifications/initialized",
            "notifications/cancelled",
            "notifications/progress",
            "notifications/message",
            "notifications/roots/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated",
            "notifications/subscriptions/acknowledged",
            "notifications/elicitation/complete",
            "notifications/tasks/status");

    private NamedMethods() {}

    static String ofProtocol(String sent) {
        return OF_PROTOCOL.contains(sent) ? sent : AuditTarget.UNKNOWN;
    }
}
