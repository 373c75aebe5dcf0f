package io.mcpguard.cli.audit;

import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalReport;
import io.mcpguard.core.audit.JournalVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mcp-guard audit verify}: says whether a journal is whole, and if not, where. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out whether any record of the audit journal was edited, removed, moved or added.",
            "Only reads, also while the service is running."
        },
        footer = {"", "Exit codes: 0 whole, 1 damaged, 2 cannot be read."})
final class AuditVerifyCommand implements Callable<Integer> {

    private static final int MAX_TEXT = 400;

    @Mixin
    private final JournalPlace place;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    AuditVerifyCommand(JournalPlace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        try {
            return report(new JournalVerifier(place.folder()).verify(), out);
        } catch (IOException e) {
            line.getErr()
                    .println("There is no readable audit journal in " + place.folder()
                            + ". Name its folder with --journal.");
            return 2;
        } finally {
            out.flush();
        }
    }

    private int report(JournalReport report, PrintWriter out) {
        out.println("Journal   " + place.folder());
        out.println("Records   " + report.records());
        out.println("Chains    " + report.chains() + " in " + report.segments() + " files");
        out.println("Calls     " + report.calls());
        calls("Orphans   ", "their process died before they ended", report.orphans(), out);
        calls(
                "Open      ",
                "they are running, or their process died and none has started since",
                report.openCalls(),
                out);
        report.remarks().forEach(remark -> out.println("Note      " + Printable.of(remark, MAX_TEXT)));
        if (report.isWhole()) {
            out.println("Whole: nothing was edited, removed, moved or added, as far as these files can tell.");
            return 0;
        }
        out.println("DAMAGED in " + report.damageCount() + (report.damageCount() == 1 ? " place:" : " places:"));
        report.damages().forEach(damage -> out.println("  " + Printable.of(text(damage), MAX_TEXT)));
        if (report.damageCount() > report.damages().size()) {
            out.println("  and " + (report.damageCount() - report.damages().size()) + " more");
        }
        return 1;
    }

    private static void calls(String head, String meaning, List<UUID> calls, PrintWriter out) {
        out.println(head + calls.size() + (calls.isEmpty() ? "" : ": " + meaning));
        calls.forEach(call -> out.println("          " + call));
    }

    private static String text(JournalDamage damage) {
        String chain = damage.chain().isEmpty() ? "" : ", chain " + damage.chain();
        return damage.kind() + "  " + damage.file() + " at byte " + damage.offset() + chain + ": " + damage.text();
    }
}
