package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mcp-guard audit query}: lists records. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Lists records of the audit trail, also while the service is running.",
        footer = {
            "",
            "Times: 2026-11-21T14:00, 2026-11-21T14:00Z, 2026-11-21, 14:00, 'yesterday 14:00', today,",
            "yesterday, now. A day is its beginning.",
            "Exit codes: 0 done, 1 parts of the journal cannot be read, 2 no such journal or called wrongly."
        })
final class AuditQueryCommand implements Callable<Integer> {

    /** Rows after which it is seen whether anybody still reads them. */
    private static final int ROWS_BETWEEN_LOOKS = 256;

    private static final int BUFFER_CHARACTERS = 1 << 16;

    @Mixin
    private final RecordSource source;

    @Mixin
    private final WantedRecords wanted;

    @Mixin
    private final QueryFormat format = new QueryFormat();

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    AuditQueryCommand(RecordSource source, WantedRecords wanted) {
        this.source = source;
        this.wanted = wanted;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        AuditQuery query = wanted.query();
        ZoneId zone = wanted.zone();
        QueryFormat.Rows rows = format.rows(zone);
        int code = source.read(query, events -> print(events, rows, line));
        line.getOut().flush();
        return code;
    }

    /** Whoever closes the pipe has seen enough: that is no failure. */
    private static void print(Stream<AuditEvent> events, QueryFormat.Rows rows, CommandLine line) {
        PrintWriter out = line.getOut();
        PrintWriter buffered = new PrintWriter(new BufferedWriter(out, BUFFER_CHARACTERS));
        Iterator<AuditEvent> all = events.iterator();
        rows.begin(buffered);
        long count = 0;
        while (all.hasNext()) {
            rows.row(all.next(), buffered);
            count++;
            if (count % ROWS_BETWEEN_LOOKS == 0) {
                buffered.flush();
                if (out.checkError()) {
                    return;
                }
            }
        }
        rows.end(buffered);
        buffered.flush();
        if (count == 0 && rows.areForPeople()) {
            line.getErr().println("No records.");
        }
    }
}
