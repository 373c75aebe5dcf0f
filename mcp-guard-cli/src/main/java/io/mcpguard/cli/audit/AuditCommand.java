package io.mcpguard.cli.audit;

import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code mcp-guard audit}.
 *
 * @since 0.1
 */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Reads the audit journal of a guarded service.")
public final class AuditCommand implements Runnable {

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    private AuditCommand() {}

    /**
     * Makes the command with its subcommands, to be added to the root command.
     *
     * @param clock tells what "today" is
     * @param random where new keys and the ids of records come from
     * @param in where values to be hashed are read
     * @return the command {@code audit}
     */
    public static CommandLine line(InstantSource clock, SecureRandom random, InputStream in) {
        return line(clock, random, ZoneId.systemDefault(), System::getenv)
                .addSubcommand(new AuditHashCommand(clock, random, in));
    }

    @SuppressWarnings("NullAway") // an environment has no value for most names
    static CommandLine line(
            InstantSource clock, SecureRandom random, ZoneId zone, UnaryOperator<@Nullable String> environment) {
        CommandLine checkpoint = new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointExportCommand(new JournalPlace(environment)))
                .addSubcommand(new CheckpointKeyCommand(random));
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditQueryCommand(new RecordSource(environment), new WantedRecords(clock, zone)))
                .addSubcommand(new AuditReportCommand(new RecordSource(environment), new WantedRecords(clock, zone)))
                .addSubcommand(new AuditVerifyCommand(new JournalPlace(environment)))
                .addSubcommand(checkpoint);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Say what to do, such as: mcp-guard audit query");
        }
    }
}
