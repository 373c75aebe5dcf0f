package io.mcpguard.cli.report;

import io.mcpguard.cli.report.CallReport.Client;
import io.mcpguard.cli.report.CallReport.Line;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A report for people at a terminal.
 *
 * @since 0.1
 */
public final class ReportText {

    private static final List<String> HEADS =
            List.of("CLIENT", "OPERATION", "CALLS", "DENIED", "ERRORS", "P50", "P99", "IN", "OUT", "DENIED FOR");

    /** The first two columns, and the last, are words; the others are numbers. */
    private static final int WORDS = 2;

    private ReportText() {}

    /**
     * Writes a report.
     *
     * @param report what was counted
     * @param printable makes text from a record one that a terminal may show
     * @param out takes it
     */
    public static void print(CallReport report, UnaryOperator<String> printable, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        for (Client client : report.clients()) {
            for (Line line : client.lines()) {
                rows.add(row(
                        printable.apply(line.client()), printable.apply(line.operation()), line.tally(), printable));
            }
        }
        rows.add(row("total", "", report.total(), text -> ""));
        int[] widths = new int[HEADS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static List<String> row(String client, String operation, CallTally tally, UnaryOperator<String> printable) {
        return List.of(
                client,
                operation,
                ReportWords.count(tally.calls()),
                ReportWords.count(tally.denied()),
                ReportWords.count(tally.errors()),
                ReportWords.latency(tally, 50),
                ReportWords.latency(tally, 99),
                ReportWords.bytes(tally.bytesIn()),
                ReportWords.bytes(tally.bytesOut()),
                printable.apply(ReportWords.reasons(tally)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            boolean isWord = i < WORDS || i + 1 == widths.length;
            line.append(isWord ? row.get(i) + padding : padding + row.get(i)).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
