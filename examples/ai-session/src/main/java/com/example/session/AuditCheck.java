package com.example.session;

import com.example.session.Deeds.Deed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds records of the audit trail against what the session did. */
final class AuditCheck {

    private static final Set<String> LISTINGS = Set.of("list_collections", "list_endpoints", "endpoint_details");

    private final Map<String, List<JsonNode>> calls = new LinkedHashMap<>();
    private final int records;

    private AuditCheck(List<JsonNode> events) {
        for (JsonNode event : events) {
            if (isCall(event)) {
                calls.computeIfAbsent(event.path("callId").asString(""), id -> new ArrayList<>())
                        .add(event);
            }
        }
        this.records = calls.values().stream().mapToInt(Collection::size).sum();
    }

    /** Handshakes and listings of the tools stand in the trail as well. */
    private static boolean isCall(JsonNode event) {
        return switch (event.path("channel").asString("")) {
            case "MCP" -> event.path("method").asString("").equals("tools/call");
            case "REST" -> true;
            default -> false;
        };
    }

    /** Reads one JSON object a line. */
    static AuditCheck of(String lines) {
        JsonMapper mapper = new JsonMapper();
        return new AuditCheck(lines.lines()
                .filter(line -> !line.isBlank())
                .map(mapper::readTree)
                .toList());
    }

    void against(Deeds deeds, Report report) {
        List<Deed> recorded = new ArrayList<>();
        calls.forEach((id, events) -> recorded.add(deed(id, events)));
        Map<String, Integer> made = deeds.tally();
        Map<String, Integer> found = Deeds.tally(recorded);
        report.expect(
                found.equals(made),
                "the trail holds exactly the " + deeds.count() + " calls made here, in " + records + " records",
                "recorded " + found + ", made " + made);
        deeds.refusals()
                .forEach((id, code) -> report.expect(
                        calls.containsKey(id) && reason(calls.get(id).get(0)).equals(code),
                        "the refusal " + code + " is on record as call " + id));
    }

    /** What the records of one call say. A call without its full set of records is none. */
    private static Deed deed(String id, List<JsonNode> events) {
        List<String> stages =
                events.stream().map(event -> event.path("stage").asString("")).toList();
        JsonNode last = events.get(events.size() - 1);
        String target = last.path("target").path("operationId").asString("");
        List<String> whole = !last.path("verdict").path("allowed").asBoolean(false)
                ? List.of("DENIED")
                : LISTINGS.contains(target) ? List.of("OUTCOME") : List.of("INTENT", "OUTCOME");
        if (!stages.equals(whole)) {
            throw new Unexpected("call " + id + " of " + target + " has the records " + stages + ", not " + whole);
        }
        return new Deed(
                last.path("channel").asString(""),
                last.path("caller").path("profileId").asString(""),
                target,
                last.path("result").path("httpStatus").asInt(0),
                reason(last));
    }

    private static String reason(JsonNode event) {
        return event.path("verdict").path("reason").asString("");
    }
}
