package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The code by which a log service tells kinds of events apart, such as {@code mcp.tools.call.outcome}. There are few of them,
 * whatever callers send: a method that no protocol has is {@code other}.
 */
final class EventCode {

    static final int LONGEST = 64;

    private static final String OTHER = "other";

    private static final Map<String, String> METHODS = methods();

    private EventCode() {}

    static String of(AuditEvent event) {
        return ofMethod(event) + '.' + lower(event.stage());
    }

    /** The code without the stage. */
    static String ofMethod(AuditEvent event) {
        boolean request = event.channel() == Channel.MCP || event.channel() == Channel.REST;
        String method = request ? METHODS.getOrDefault(event.method(), OTHER) : ofNotice(event.method());
        return lower(event.channel()) + '.' + method;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String ofNotice(String method) {
        boolean known = !method.isEmpty() && method.length() <= LONGEST / 2;
        for (int i = 0; known && i < method.length(); i++) {
            char c = method.charAt(i);
            known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return known ? method : OTHER;
    }

    private static Map<String, String> methods() {
        Map<String, String> methods = new HashMap<>();
        for (String method : List.of(
                "batch",
                "completion/complete",
                "initialize",
                "logging/setLevel",
                "notifications/cancelled",
                "notifications/initialized",
                "notifications/progress",
                "notifications/roots/list_changed",
                "ping",
                "prompts/get",
                "prompts/list",
                "resources/list",
                "resources/read",
                "resources/subscribe",
                "resources/templates/list",
                "resources/unsubscribe",
                "server/discover",
                "subscriptions/listen",
                "tools/call",
                "tools/list",
                "unknown",
                "DELETE",
                "GET",
                "HEAD",
                "OPTIONS",
                "PATCH",
                "POST",
                "PUT")) {
            methods.put(method, method.toLowerCase(Locale.ROOT).replace('/', '.'));
        }
        return Map.copyOf(methods);
    }
}
