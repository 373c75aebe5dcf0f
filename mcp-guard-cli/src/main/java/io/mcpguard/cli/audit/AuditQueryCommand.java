package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code mcp-guard audit query}: lists records. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Lists records of the audit journal, also while the service is running.",
        footer = {
            "",
            "Times: 2026-11-21T14:00, 2026-11-21T14:00Z, 2026-11-21, 14:00, 'yesterday 14:00', today,",
            "yesterday, now. A day is its beginning.",
            "Exit codes: 0 done, 1 parts of the journal cannot be read, 2 no such journal or called wrongly."
        })
final class AuditQueryCommand implements Callable<Integer> {

    /** What the guard decided. */
    enum Verdict {
        /** Let through. */
        allow,
        /** Refused. */
        deny
    }

    private final InstantSource clock;
    private final ZoneId here;

    @Mixin
    private final JournalPlace place;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", paramLabel = "TIME", description = "Leaves out what happened before.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Leaves out what happened then or later.")
    private @Nullable String to;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of times without one, such as Europe/Paris or Z.")
    private @Nullable String zone;

    @Option(names = "--client", paramLabel = "ID", description = "Keeps the records of one client.")
    private @Nullable String client;

    @Option(names = "--profile", paramLabel = "ID", description = "Keeps the records of one profile.")
    private @Nullable String profile;

    @Option(names = "--operation", paramLabel = "ID", description = "Keeps the records of one operation.")
    private @Nullable String operation;

    @Option(names = "--principal", paramLabel = "NAME", description = "Keeps the records of one principal.")
    private @Nullable String principal;

    @Option(names = "--call", paramLabel = "UUID", description = "Keeps the records of one call.")
    private @Nullable UUID call;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Keeps the records of one stage: ${COMPLETION-CANDIDATES}.")
    private @Nullable Stage stage;

    @Option(
            names = "--decision",
            paramLabel = "allow|deny",
            description = "Keeps what was let through or what was refused.")
    private @Nullable Verdict decision;

    @Option(
            names = "--argument",
            paramLabel = "POINTER=KEPT",
            description =
                    "Keeps the calls with this argument, such as /path/orderId=hmac-sha256:...; what stands there for a"
                            + " value says mcp-guard audit hash.")
    private @Nullable String argument;

    @Mixin
    private final QueryFormat shown = new QueryFormat();

    AuditQueryCommand(InstantSource clock, ZoneId here, JournalPlace place) {
        this.clock = clock;
        this.here = here;
        this.place = place;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        ZoneId times = zone(line);
        AuditQuery query = query(line, times);
        Optional<AuditFormat> format = shown.format();
        List<String> unreadable = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(place.folder(), unreadable::add).events()) {
            Iterator<AuditEvent> matching = events.filter(query).iterator();
            if (format.isPresent()) {
                while (matching.hasNext() && !out.checkError()) {
                    out.println(format.get().format(matching.next()));
                }
            } else {
                EventTable table = new EventTable(out, times);
                while (matching.hasNext() && !out.checkError()) {
                    table.row(matching.next());
                }
                if (table.end() == 0) {
                    err.println("No records.");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            err.println(
                    "There is no readable audit journal in " + place.folder() + ". Name its folder with --journal.");
            return 2;
        } finally {
            out.flush();
        }
        if (!unreadable.isEmpty()) {
            err.println(unreadable.size() + " places of the journal cannot be read and records may be left out. Run:"
                    + " mcp-guard audit verify " + place.folder());
            return 1;
        }
        return 0;
    }

    private AuditQuery query(CommandLine line, ZoneId times) {
        AuditQuery query = AuditQuery.everything();
        WhenText when = new WhenText(times, clock.instant());
        try {
            query = from == null ? query : query.from(when.read(from));
            query = to == null ? query : query.to(when.read(to));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
        query = client == null ? query : query.client(client);
        query = profile == null ? query : query.profile(profile);
        query = operation == null ? query : query.operation(operation);
        query = principal == null ? query : query.principal(principal);
        query = call == null ? query : query.call(call);
        query = stage == null ? query : query.stage(stage);
        query = argument == null ? query : argument(query, argument, line);
        return decision == null ? query : query.allowed(decision == Verdict.allow);
    }

    private static AuditQuery argument(AuditQuery query, String argument, CommandLine line) {
        int mark = argument.indexOf('=');
        if (mark < 1 || argument.charAt(0) != '/') {
            throw new ParameterException(
                    line, "--argument is a pointer and what is kept there, such as /path/orderId=hmac-sha256:k1:...");
        }
        return query.argument(argument.substring(0, mark), argument.substring(mark + 1));
    }

    private ZoneId zone(CommandLine line) {
        try {
            return zone == null ? here : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ParameterException(line, "--zone is a name such as Europe/Paris, Z or +02:00.", e);
        }
    }
}
