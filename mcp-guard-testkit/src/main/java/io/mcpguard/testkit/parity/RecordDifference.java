package io.mcpguard.testkit.parity;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what is on record of two calls, without what no two calls have in common: ids, times, sizes, the door. */
final class RecordDifference {

    private RecordDifference() {}

    /** The differences; of a caller who is not known only what was decided and why. */
    static List<String> between(List<AuditEvent> rest, List<AuditEvent> mcp, boolean known) {
        List<String> differences = new ArrayList<>();
        if (rest.isEmpty()) {
            differences.add("record: REST left none; a caller names its profile (X-Profile-ID) over REST too");
        }
        if (mcp.isEmpty()) {
            differences.add("record: MCP left none");
        }
        if (rest.isEmpty() || mcp.isEmpty()) {
            return differences;
        }
        String stages = stages(rest);
        if (!stages.equals(stages(mcp))) {
            differences.add("record: REST left " + stages + ", MCP " + stages(mcp));
            return differences;
        }
        for (int i = 0; i < rest.size(); i++) {
            Map<String, Object> overRest = facts(rest.get(i), known);
            Map<String, Object> overMcp = facts(mcp.get(i), known);
            String stage = rest.get(i).stage().name();
            overRest.forEach((name, value) -> {
                Object other = overMcp.get(name);
                if (!value.equals(other)) {
                    differences.add("record " + stage + ", " + name + ": REST " + value + ", MCP " + other);
                }
            });
        }
        return differences;
    }

    private static String stages(List<AuditEvent> records) {
        return records.stream().map(event -> event.stage().name()).toList().toString();
    }

    private static Map<String, Object> facts(AuditEvent event, boolean known) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("allowed", event.verdict().allowed());
        facts.put("reason", event.verdict().reason());
        facts.put("detail", event.verdict().detail());
        facts.put("status", event.result().httpStatus().orElse(0));
        facts.put("outcome", event.result().outcome());
        if (known) {
            facts.put("operation", event.target().operationId());
            facts.put("template", event.target().template());
            facts.put("client", event.caller().clientId());
            facts.put("profile", event.caller().profileId());
            facts.put("principal", event.caller().principal().orElse("nobody"));
            facts.put("credential", event.caller().credentialId().orElse("none"));
            facts.put(
                    "limit",
                    event.verdict().limit().map(RecordDifference::named).orElse("none"));
            facts.put("arguments", new TreeMap<>(event.arguments()));
        }
        return facts;
    }

    private static String named(AuditLimit limit) {
        return limit.name() + " of " + limit.permits();
    }
}
