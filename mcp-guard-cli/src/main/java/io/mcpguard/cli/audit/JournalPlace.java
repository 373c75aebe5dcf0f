package io.mcpguard.cli.audit;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which journal a command reads. */
final class JournalPlace {

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            names = {"--journal", "--folder"},
            paramLabel = "FOLDER",
            description = "Folder of the journal (default: $MCP_GUARD_AUDIT, else audit/ in $MCP_GUARD_HOME, else"
                    + " ./mcp-guard/audit).")
    private @Nullable Path option;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The same as --journal FOLDER.")
    private @Nullable Path parameter;

    JournalPlace(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** Whether the command line says which, and not only the environment. */
    boolean isNamed() {
        return parameter != null || option != null;
    }

    Path folder() {
        if (parameter != null) {
            return parameter;
        }
        if (option != null) {
            return option;
        }
        String journal = environment.apply("MCP_GUARD_AUDIT");
        if (journal != null && !journal.isBlank()) {
            return Path.of(journal);
        }
        String home = environment.apply("MCP_GUARD_HOME");
        return Path.of(home == null || home.isBlank() ? "mcp-guard" : home).resolve("audit");
    }
}
