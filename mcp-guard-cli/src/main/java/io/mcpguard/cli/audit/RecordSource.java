package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditReaderProvider;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a command reads records: the journal, or a place where a sink has kept them. */
final class RecordSource {

    /** Names the variable that holds the password of a source. */
    static final String PASSWORD_VARIABLE = "MCP_GUARD_SOURCE_PASSWORD";

    private static final String PASSWORD = "password";

    private final UnaryOperator<@Nullable String> environment;

    @Mixin
    private final JournalPlace place;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            description = "Reads what a sink has kept elsewhere, such as jdbc:postgresql://db/audit, in place of the"
                    + " journal.")
    private @Nullable String address;

    @Option(
            names = "--source-setting",
            paramLabel = "NAME=VALUE",
            description = "What else that place needs, such as user=auditor; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--source-password",
            interactive = true,
            echo = false,
            prompt = "Password of the source: ",
            description = "Asks for the password of that place; else it is taken from $" + PASSWORD_VARIABLE + ".")
    private char @Nullable [] typed;

    RecordSource(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        this.place = new JournalPlace(environment);
    }

    /** The place as it may be shown. */
    String shown() {
        return address == null
                ? place.folder().toString()
                : address.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    /**
     * Reads records.
     *
     * @param query which ones
     * @param taking takes them
     * @return the exit code: 0 done, 1 parts cannot be read, 2 nothing can be read
     */
    int read(AuditQuery query, Consumer<Stream<AuditEvent>> taking) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        List<String> unreadable = new ArrayList<>();
        AuditReader reader;
        try {
            reader = open(unreadable);
        } catch (StoreUnavailableException e) {
            err.println(Printable.line(String.valueOf(e.getMessage())));
            return 2;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> err.println(Printable.line(problem)));
            return 2;
        }
        try (Stream<AuditEvent> events = reader.read(query)) {
            taking.accept(events);
        } catch (StoreUnavailableException e) {
            err.println(
                    address == null
                            ? "There is no readable audit journal in " + place.folder()
                                    + ". Name its folder with --journal."
                            : Printable.line(String.valueOf(e.getMessage())));
            return 2;
        } finally {
            close(reader);
        }
        if (!unreadable.isEmpty()) {
            err.println(unreadable.size() + " places of the journal cannot be read and records may be left out. Run:"
                    + " mcp-guard audit verify " + place.folder());
            return 1;
        }
        return 0;
    }

    private AuditReader open(List<String> unreadable) {
        String elsewhere = address;
        if (elsewhere == null) {
            if (!settings.isEmpty() || typed != null) {
                throw mistake("--source-setting and --source-password say more about a --source, and there is none.");
            }
            return new JournalReader(place.folder(), unreadable::add);
        }
        if (place.isNamed()) {
            throw mistake("Records are read from one place: --source or a journal.");
        }
        if (settings.containsKey(PASSWORD) || elsewhere.toLowerCase(Locale.ROOT).contains(PASSWORD + "=")) {
            throw mistake("A password on the command line stands in the list of processes and in the history of the"
                    + " shell. Put it into $" + PASSWORD_VARIABLE + ", or have it asked for: --source-password.");
        }
        Map<String, String> all = new LinkedHashMap<>(settings);
        password().ifPresent(password -> all.put(PASSWORD, password));
        for (AuditReaderProvider provider : ServiceLoader.load(AuditReaderProvider.class)) {
            Optional<AuditReader> reader = provider.open(elsewhere, all);
            if (reader.isPresent()) {
                return reader.get();
            }
        }
        throw mistake("Nothing here reads " + Printable.line(shown()) + ". Put the module that does, such as"
                + " mcp-guard-jdbc, and its driver into a folder, and name the folder in $MCP_GUARD_PLUGINS.");
    }

    private Optional<String> password() {
        if (typed == null) {
            return Optional.ofNullable(environment.apply(PASSWORD_VARIABLE)).filter(found -> !found.isEmpty());
        }
        String password = String.valueOf(typed);
        Arrays.fill(typed, ' ');
        return Optional.of(password);
    }

    private static void close(AuditReader reader) {
        if (reader instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                // Everything has been read.
                return;
            }
        }
    }

    private ParameterException mistake(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }
}
