package io.mcpguard.cli.audit;

import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalReport;
import io.mcpguard.core.checkpoint.CheckpointKeys;
import io.mcpguard.core.checkpoint.CheckpointReport;
import io.mcpguard.core.checkpoint.CheckpointVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code mcp-guard audit verify}: says whether a journal is whole, and if not, where. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out whether any record of the audit journal was edited, removed, moved or added.",
            "Only reads, also while the service is running. A checkpoint that was kept elsewhere shows, beyond that, whether",
            "the whole folder was put back or written anew."
        },
        footer = {"", "Exit codes: 0 whole, 1 damaged, 2 cannot be read."})
final class AuditVerifyCommand implements Callable<Integer> {

    private static final int MAX_TEXT = 400;

    @Mixin
    private final JournalPlace place;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Checkpoints that were exported and kept elsewhere; may be repeated.")
    private List<Path> checkpoints = new ArrayList<>();

    @Mixin
    private PublicKeys keys = new PublicKeys();

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
            CheckpointKeys trusted = keys.read(place.folder(), checkpoints);
            if (trusted.isEmpty() && !checkpoints.isEmpty()) {
                line.getErr().println("The public key of the checkpoint is not here. Name it with --public-key.");
                return 2;
            }
            boolean expected = keys.areNamed() || !checkpoints.isEmpty();
            CheckpointReport report = new CheckpointVerifier(place.folder(), trusted, expected).verify(checkpoints);
            return report(report.journal(), report, out);
        } catch (IllegalArgumentException e) {
            line.getErr().println(e.getMessage());
            return 2;
        } catch (FileSystemException e) {
            line.getErr().println(unreadable(e));
            return 2;
        } catch (IOException e) {
            line.getErr().println(noJournal());
            return 2;
        } finally {
            out.flush();
        }
    }

    private String noJournal() {
        return "There is no readable audit journal in " + place.folder() + ". Name its folder with --journal.";
    }

    /** Says which of the files that were named it is; else it is the journal. */
    private String unreadable(FileSystemException failure) {
        String file = String.valueOf(failure.getFile());
        if (checkpoints.stream().anyMatch(named -> named.toString().equals(file))) {
            return "There is no readable checkpoint in " + file + ". mcp-guard audit checkpoint export writes one.";
        }
        return keys.areNamed(file) ? "There is no readable public key in " + file + "." : noJournal();
    }

    private int report(JournalReport report, CheckpointReport checked, PrintWriter out) {
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
        checkpoints(checked, out);
        report.remarks().forEach(remark -> out.println("Note      " + Printable.of(remark, MAX_TEXT)));
        if (report.isWhole()) {
            out.println(
                    checked.outside() == 0
                            ? "Whole: nothing was edited, removed, moved or added, as far as these files can tell."
                            : "Whole: nothing was edited, removed, moved or added up to the checkpoint that was kept"
                                    + " elsewhere, and after it as far as these files can tell.");
            return 0;
        }
        out.println("DAMAGED in " + report.damageCount() + (report.damageCount() == 1 ? " place:" : " places:"));
        report.damages().forEach(damage -> out.println("  " + Printable.of(text(damage), MAX_TEXT)));
        if (report.damageCount() > report.damages().size()) {
            out.println("  and " + (report.damageCount() - report.damages().size()) + " more");
        }
        return 1;
    }

    private static void checkpoints(CheckpointReport checked, PrintWriter out) {
        long all = checked.checkpoints() + checked.outside();
        String elsewhere = checked.outside() == 0 ? "" : " and " + checked.outside() + " kept elsewhere";
        out.println("Signed    " + checked.checkpoints() + " checkpoints" + elsewhere
                + (all == 0 ? "" : ", " + checked.verified() + " of them with a known key"));
        checked.latest()
                .ifPresent(latest -> out.println("          the latest of " + latest.time() + " by "
                        + Printable.of(latest.origin(), MAX_TEXT) + "; " + checked.recordsAfter()
                        + " records since"));
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
