package io.mcpguard.cli.report;

import io.mcpguard.cli.report.CallReport.Client;
import io.mcpguard.cli.report.CallReport.Line;
import java.time.Instant;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report for programs. docs/audit-asking.md names the members.
 *
 * @since 0.1
 */
public final class ReportJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ReportJson() {}

    /**
     * Writes a report.
     *
     * @param report what was counted
     * @return one line of ASCII
     */
    public static String of(CallReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("source", report.place());
        report.begin().map(Instant::toString).ifPresent(from -> json.put("from", from));
        report.end().map(Instant::toString).ifPresent(to -> json.put("to", to));
        json.set("total", tally(JSON.createObjectNode(), report.total()));
        ArrayNode lines = json.putArray("lines");
        for (Client client : report.clients()) {
            for (Line line : client.lines()) {
                ObjectNode node =
                        JSON.createObjectNode().put("client", line.client()).put("operation", line.operation());
                lines.add(tally(node, line.tally()));
            }
        }
        ObjectNode timeline = json.putObject("timeline");
        timeline.put("spanSeconds", report.timeline().seconds());
        ArrayNode spans = timeline.putArray("spans");
        for (Timeline.Span span : report.timeline().spans()) {
            spans.addObject()
                    .put("begin", span.begin().toString())
                    .put("calls", span.calls())
                    .put("denied", span.denied())
                    .put("errors", span.errors());
        }
        return JSON.writeValueAsString(json);
    }

    private static ObjectNode tally(ObjectNode into, CallTally tally) {
        into.put("calls", tally.calls()).put("denied", tally.denied());
        ObjectNode reasons = into.putObject("reasons");
        tally.reasons().forEach(reasons::put);
        into.put("errors", tally.errors()).put("serverErrors", tally.serverErrors());
        if (tally.isTimed()) {
            into.put("p50Micros", tally.percentileMicros(50)).put("p99Micros", tally.percentileMicros(99));
        }
        return into.put("bytesIn", tally.bytesIn()).put("bytesOut", tally.bytesOut());
    }
}
