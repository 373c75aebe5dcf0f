package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A record as a row of a table (RFC 4180), for spreadsheets. Every record is one line of ASCII. */
final class RecordCsv {

    private static final List<String> HEADS = List.of(
            "time",
            "stage",
            "channel",
            "method",
            "operation",
            "template",
            "client",
            "profile",
            "profile_version",
            "principal",
            "credential",
            "allowed",
            "reason",
            "detail",
            "limit",
            "limit_remaining",
            "count",
            "since",
            "outcome",
            "status",
            "rpc_code",
            "latency_ms",
            "bytes_in",
            "bytes_out",
            "address",
            "port",
            "user_agent",
            "client_info",
            "protocol_version",
            "rpc_id",
            "traceparent",
            "arguments",
            "call_id",
            "id",
            "chain",
            "sequence",
            "hash");

    private RecordCsv() {}

    static String head() {
        return String.join(",", HEADS);
    }

    static String row(AuditEvent event) {
        List<Object> cells = new ArrayList<>();
        cells.add(event.time());
        cells.add(event.stage());
        cells.add(event.channel());
        cells.add(event.method());
        cells.add(event.target().operationId());
        cells.add(event.target().template());
        AuditCaller caller = event.caller();
        cells.add(caller.clientId());
        cells.add(caller.profileId());
        cells.add(caller.profileVersion());
        cells.add(caller.principal().orElse(""));
        cells.add(caller.credentialId().orElse(""));
        cells.add(event.verdict().allowed());
        cells.add(event.verdict().reason());
        cells.add(event.verdict().detail());
        Optional<AuditLimit> limit = event.verdict().limit();
        cells.add(limit.map(AuditLimit::name).orElse(""));
        cells.add(limit.map(stood -> String.valueOf(stood.remaining())).orElse(""));
        cells.add(event.verdict().count());
        cells.add(event.verdict()
                .repeats()
                .map(repeats -> repeats.since().toString())
                .orElse(""));
        result(event.result(), cells);
        source(event.source(), cells);
        cells.add(event.arguments().entrySet().stream()
                .map(argument -> argument.getKey() + "=" + argument.getValue())
                .collect(Collectors.joining(" ")));
        cells.add(event.callId());
        cells.add(event.id());
        Optional<ChainLink> link = event.link();
        cells.add(link.map(ChainLink::stream).orElse(""));
        cells.add(link.map(place -> String.valueOf(place.sequence())).orElse(""));
        cells.add(link.map(ChainLink::hash).orElse(""));
        return cells.stream().map(RecordCsv::cell).collect(Collectors.joining(","));
    }

    private static void result(AuditResult result, List<Object> cells) {
        cells.add(result.outcome());
        cells.add(result.httpStatus().isPresent() ? result.httpStatus().getAsInt() : "");
        cells.add(result.rpcCode().isPresent() ? result.rpcCode().getAsInt() : "");
        cells.add(result.latency().isPresent() ? result.latency().get().toMillis() : "");
        cells.add(result.bytesIn().isPresent() ? result.bytesIn().getAsLong() : "");
        cells.add(result.bytesOut().isPresent() ? result.bytesOut().getAsLong() : "");
    }

    private static void source(AuditSource source, List<Object> cells) {
        cells.add(source.address());
        cells.add(source.port());
        cells.add(source.userAgent().orElse(""));
        cells.add(source.clientInfo().orElse(""));
        cells.add(source.protocolVersion().orElse(""));
        cells.add(source.rpcId().orElse(""));
        cells.add(source.traceparent().orElse(""));
    }

    /** What is not there is not even an empty text. */
    private static String cell(Object value) {
        return value instanceof Number || value.equals("") ? value.toString() : text(value.toString());
    }

    /**
     * A text that no spreadsheet takes for a formula or for more than one cell. One that begins like a formula gets an apostrophe
     * before it, which spreadsheets take as "this is text"; what is not visible ASCII is written as in JSON.
     */
    static String text(String value) {
        StringBuilder cell = new StringBuilder(value.length() + 2).append('"');
        if (!value.isEmpty() && beginsAFormula(value)) {
            cell.append('\'');
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                cell.append("\"\"");
            } else if (c == '\\') {
                cell.append("\\\\");
            } else if (c < 0x20 || c > 0x7E) {
                cell.append(String.format("\\u%04x", (int) c));
            } else {
                cell.append(c);
            }
        }
        return cell.append('"').toString();
    }

    /** Also after blanks, which some programs cut off. */
    private static boolean beginsAFormula(String value) {
        String begun = value.stripLeading();
        return !begun.isEmpty() && "=+-@|%".indexOf(begun.charAt(0)) >= 0;
    }
}
