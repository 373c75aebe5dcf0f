package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in a record comes from the event, from the reporter, or is the same for every event of its kind. */
class NothingAddedTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void every_text_is_the_events_or_a_fixed_word() {
        AuditReporter reporter = AuditReporter.of("orders").onNode("node-1");
        Map<String, List<String>> values = Map.of(
                "ocsf", leaves(new OcsfFormat(reporter).format(event("alpha"))),
                "ecs", leaves(new EcsFormat(reporter).format(event("alpha"))),
                "leef",
                        List.copyOf(LeefReader.read(new LeefFormat(reporter).format(event("alpha")))
                                .values()
                                .values()),
                "cef",
                        List.copyOf(CefReader.read(CefFormat.version0(reporter).format(event("alpha")))
                                .values()
                                .values()),
                "syslog",
                        List.copyOf(SyslogReader.read(new SyslogFormat(reporter, 1).format(event("alpha")))
                                .params()
                                .values()));

        values.forEach((format, texts) -> {
            Set<String> fixed = new TreeSet<>(texts);
            fixed.removeIf(text -> text.contains("alpha") || text.contains("orders") || text.contains("node-1"));
            assertThat(fixed).as(format).allMatch(NothingAddedTest::isKnown);
            assertThat(texts).as(format).anyMatch(text -> text.contains("alpha"));
        });
    }

    /** Numbers and ids of the event, its chain, and words that the tables of docs/audit-formats.md have. */
    private static boolean isKnown(String text) {
        AuditEvent event = event("alpha");
        String chain = event.link().orElseThrow().toString();
        return text.length() < 2
                || text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-' || c == '.')
                || event.toString().contains(text)
                || chain.contains(text)
                || text.startsWith("00000002-9f3c0a51d27be684:")
                || Set.of(
                                "Nov 22 2026 14:00:00.123 UTC",
                                "MMM dd yyyy HH:mm:ss.SSS z",
                                "MCP request",
                                "Invoke",
                                "mcp.other.outcome",
                                "mcp-guard-audit",
                                "mcp-guard",
                                "ai_operation",
                                "security_control",
                                "record_integrity",
                                "allow",
                                "allowed",
                                "mcp",
                                "mcp.tool",
                                "outcome",
                                "profile",
                                "mcp-guard journal frame 1",
                                "event",
                                "mcp_guard",
                                "mcp_guard.audit",
                                "failure",
                                "api",
                                "access",
                                "end",
                                "audit",
                                "MCP",
                                "tool",
                                "callId",
                                "chain",
                                "args",
                                "latencyMs",
                                "jsonRpcCode",
                                "httpStatus",
                                "credential",
                                "limit",
                                "outcome/allowed")
                        .contains(text);
    }

    private static AuditEvent event(String text) {
        return EmittedEvents.filled(text, text, Stage.OUTCOME, Channel.MCP);
    }

    private static List<String> leaves(String json) {
        List<String> leaves = new ArrayList<>();
        collect(JSON.readTree(json), leaves);
        return leaves;
    }

    private static void collect(JsonNode node, List<String> leaves) {
        if (node.isString()) {
            leaves.add(node.stringValue());
        }
        node.forEach(child -> collect(child, leaves));
    }
}
