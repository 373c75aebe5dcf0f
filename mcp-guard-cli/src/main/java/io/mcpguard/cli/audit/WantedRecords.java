package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which records a command is about: the options that {@code audit query} and {@code audit report} share. */
final class WantedRecords {

    private static final Pattern STATUS = Pattern.compile("([1-5])xx|(\\d{3})(?:-(\\d{3}))?");

    /** What the guard decided. */
    enum Verdict {
        /** Let through. */
        allow,
        /** Refused. */
        deny
    }

    private final InstantSource clock;
    private final ZoneId here;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
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
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "Keeps what came in by one door: ${COMPLETION-CANDIDATES}.")
    private @Nullable Channel channel;

    @Option(
            names = "--decision",
            paramLabel = "allow|deny",
            description = "Keeps what was let through or what was refused.")
    private @Nullable Verdict decision;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Keeps the records with an HTTP status: 404, 4xx or 400-499.")
    private @Nullable String status;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Keeps the records with this text anywhere in what was called, who called, from where,"
                    + " why it was decided so, or what is kept of the arguments. Capitals do not matter.")
    private @Nullable String text;

    @Option(
            names = "--argument",
            paramLabel = "POINTER=KEPT",
            description =
                    "Keeps the calls with this argument, such as /path/orderId=hmac-sha256:...; what stands there for a"
                            + " value says mcp-guard audit hash.")
    private @Nullable String argument;

    WantedRecords(InstantSource clock, ZoneId here) {
        this.clock = clock;
        this.here = here;
    }

    Instant now() {
        return clock.instant();
    }

    /** Where times without a zone are meant. */
    ZoneId zone() {
        try {
            return zone == null ? here : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw mistake("--zone is a name such as Europe/Paris, Z or +02:00.");
        }
    }

    AuditQuery query() {
        AuditQuery query = AuditQuery.everything();
        WhenText when = new WhenText(zone(), clock.instant());
        try {
            query = from == null ? query : query.from(when.read(from));
            query = to == null ? query : query.to(when.read(to));
        } catch (IllegalArgumentException e) {
            throw mistake(String.valueOf(e.getMessage()));
        }
        query = client == null ? query : query.client(client);
        query = profile == null ? query : query.profile(profile);
        query = operation == null ? query : query.operation(operation);
        query = principal == null ? query : query.principal(principal);
        query = call == null ? query : query.call(call);
        query = stage == null ? query : query.stage(stage);
        query = channel == null ? query : query.channel(channel);
        query = status == null ? query : status(query, status);
        query = text == null ? query : query.text(text);
        query = argument == null ? query : argument(query, argument);
        return decision == null ? query : query.allowed(decision == Verdict.allow);
    }

    private AuditQuery status(AuditQuery query, String range) {
        Matcher matcher = STATUS.matcher(range.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw mistake("--status is a status such as 404, a class such as 4xx, or a range such as 400-499.");
        }
        if (matcher.group(1) != null) {
            int hundred = Integer.parseInt(matcher.group(1)) * 100;
            return query.status(hundred, hundred + 99);
        }
        int lowest = Integer.parseInt(matcher.group(2));
        int highest = matcher.group(3) == null ? lowest : Integer.parseInt(matcher.group(3));
        if (lowest > highest) {
            throw mistake("--status " + range + " has the lowest status last.");
        }
        return query.status(lowest, highest);
    }

    private AuditQuery argument(AuditQuery query, String wanted) {
        int mark = wanted.indexOf('=');
        if (mark < 1 || wanted.charAt(0) != '/') {
            throw mistake("--argument is a pointer and what is kept there, such as /path/orderId=hmac-sha256:k1:...");
        }
        return query.argument(wanted.substring(0, mark), wanted.substring(mark + 1));
    }

    private ParameterException mistake(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }
}
