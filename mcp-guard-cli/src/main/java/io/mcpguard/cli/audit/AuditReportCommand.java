package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditQuery;
import io.mcpguard.cli.report.CallReport;
import io.mcpguard.cli.report.ReportJson;
import io.mcpguard.cli.report.ReportPage;
import io.mcpguard.cli.report.ReportText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code mcp-guard audit report}: counts calls. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Counts the calls of a time by client and operation: how many, how many were denied and why, how"
                + " many failed, and how long they took.",
        footer = {
            "",
            "Times are those of audit query. A call counts when it has ended.",
            "Exit codes: 0 done, 1 parts of the journal cannot be read, 2 no such journal, the page cannot be",
            "written, or called wrongly."
        })
final class AuditReportCommand implements Callable<Integer> {

    private static final int MAX_COLUMNS = 40;

    /** How the report is shown. */
    enum Format {
        /** Columns for people. */
        table,
        /** One line of JSON. */
        json
    }

    @Mixin
    private final RecordSource source;

    @Mixin
    private final WantedRecords wanted;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table for people (the default), json for programs.")
    private @Nullable Format format;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a page with a picture of the time into this file; nothing is printed then unless"
                    + " --format says how.")
    private @Nullable Path page;

    AuditReportCommand(RecordSource source, WantedRecords wanted) {
        this.source = source;
        this.wanted = wanted;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        AuditQuery query = wanted.query();
        CallReport report = new CallReport(source.shown(), query, wanted.zone(), wanted.now());
        int code = source.read(query, events -> events.forEach(report::take));
        if (code == 2) {
            return code;
        }
        Path file = page;
        if (file != null && !written(file, report, line)) {
            return 2;
        }
        if (format == Format.json) {
            out.println(ReportJson.of(report));
        } else if (format == Format.table || file == null) {
            ReportText.print(report, AuditReportCommand::shown, out);
        }
        out.flush();
        return code;
    }

    private static boolean written(Path file, CallReport report, CommandLine line) {
        try {
            Files.writeString(file, ReportPage.of(report));
            line.getErr().println(String.format(Locale.ROOT, "%,d calls are in %s", report.calls(), file));
            return true;
        } catch (IOException e) {
            line.getErr().println("The page cannot be written to " + file + " (" + e + ").");
            return false;
        }
    }

    private static String shown(String text) {
        return Printable.of(text, text.indexOf(' ') < 0 ? MAX_COLUMNS : 4 * MAX_COLUMNS);
    }
}
