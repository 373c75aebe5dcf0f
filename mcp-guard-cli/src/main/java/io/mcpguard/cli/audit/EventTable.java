package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditVerdict;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records for people: one line each, columns as wide as the first thousand need. */
final class EventTable {

    private static final int SAMPLE = 1000;
    private static final int MAX_COLUMNS = 40;
    private static final String[] HEADS = {
        "TIME", "STAGE", "VIA", "CLIENT", "PROFILE", "OPERATION", "DECISION", "STATUS", "MS", "CALL"
    };

    private final DateTimeFormatter time;
    private final List<String[]> waiting = new ArrayList<>();
    private int[] widths = {};

    EventTable(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                .withZone(zone);
    }

    void row(AuditEvent event, PrintWriter out) {
        String[] cells = cells(event);
        if (widths.length > 0) {
            print(cells, out);
            return;
        }
        waiting.add(cells);
        if (waiting.size() == SAMPLE) {
            flush(out);
        }
    }

    void end(PrintWriter out) {
        if (widths.length == 0 && !waiting.isEmpty()) {
            flush(out);
        }
    }

    private void flush(PrintWriter out) {
        widths = new int[HEADS.length];
        waiting.add(0, HEADS);
        for (String[] cells : waiting) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells[i].length());
            }
        }
        waiting.forEach(cells -> print(cells, out));
        waiting.clear();
    }

    private void print(String[] cells, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(cells[i]).append(" ".repeat(Math.max(0, widths[i] - cells[i].length()) + 2));
        }
        out.println(line.toString().stripTrailing());
    }

    private String[] cells(AuditEvent event) {
        AuditResult result = event.result();
        return new String[] {
            time.format(event.time()),
            event.stage().name().toLowerCase(Locale.ROOT),
            event.channel().name(),
            shown(event.caller().clientId()),
            shown(event.caller().profileId()),
            shown(event.target().operationId()),
            decision(event.verdict()),
            result.httpStatus().isPresent() ? String.valueOf(result.httpStatus().getAsInt()) : "-",
            result.latency().map(latency -> String.valueOf(latency.toMillis())).orElse("-"),
            event.callId().toString()
        };
    }

    /** The code the caller was told, and behind it the true cause when that says more. */
    private static String decision(AuditVerdict verdict) {
        if (verdict.allowed()) {
            return "allow";
        }
        String times = verdict.count() == 1 ? "" : verdict.count() + " x ";
        String code = times + "deny " + verdict.reason();
        return verdict.detail().isEmpty() || verdict.detail().equals(verdict.reason())
                ? shown(code)
                : Printable.of(code + " (" + verdict.detail() + ")", 2 * MAX_COLUMNS);
    }

    private static String shown(String text) {
        return Printable.of(text, MAX_COLUMNS);
    }
}
