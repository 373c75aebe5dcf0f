package io.mcpguard.cli;

import io.mcpguard.cli.audit.AuditCommand;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.GuardException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code mcp-guard}.
 *
 * <p>Exit codes: 0 done, 1 refused or failed, 2 called in a way it does not understand. What went wrong is said in sentences
 * on standard error, never as a stack trace.
 *
 * @since 0.1
 */
@Command(
        name = "mcp-guard",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Works on the profiles, keys and records of a guarded service.", ""},
        footer = {
            "",
            "Files are found in the folder --home, else in $MCP_GUARD_HOME, else in ./mcp-guard:",
            "profiles.yaml, keys/ and audit/.",
            "Exit codes: 0 done, 1 refused or failed, 2 called wrongly."
        })
public final class GuardCommand implements Runnable {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int USAGE_WIDTH = 100;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    private GuardCommand() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments what was written on the command line
     */
    public static void main(String[] arguments) {
        PrintWriter out = console(System.out);
        PrintWriter err = console(System.err);
        System.exit(run(InstantSource.system(), new SecureRandom(), System.in, out, err, arguments));
    }

    /**
     * Runs the command in this process, with nothing to read.
     *
     * @param clock tells the time
     * @param random where new keys come from
     * @param out where results go
     * @param err where mistakes go
     * @param arguments what would be written on the command line
     * @return the exit code
     */
    public static int run(
            InstantSource clock, SecureRandom random, PrintWriter out, PrintWriter err, String... arguments) {
        return run(clock, random, InputStream.nullInputStream(), out, err, arguments);
    }

    /**
     * Runs the command in this process.
     *
     * @param clock tells the time
     * @param random where new keys come from
     * @param in what is typed or piped in
     * @param out where results go
     * @param err where mistakes go
     * @param arguments what would be written on the command line
     * @return the exit code
     */
    public static int run(
            InstantSource clock,
            SecureRandom random,
            InputStream in,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        Tools tools = new Tools(clock, random);
        CommandLine profile = new CommandLine(new ProfileCommand())
                .addSubcommand(new ProfileCheckCommand())
                .addSubcommand(new ProfileLintCommand(tools))
                .addSubcommand(new ProfileExplainCommand(tools))
                .addSubcommand(new ProfileListCommand(tools))
                .addSubcommand(new ProfileSchemaCommand());
        CommandLine key = new CommandLine(new KeyCommand())
                .addSubcommand(new KeyIssueCommand(tools))
                .addSubcommand(new KeyListCommand(tools))
                .addSubcommand(new KeyRotateCommand(tools));
        for (KeyStateCommand.Step step : KeyStateCommand.Step.values()) {
            add(key, step, tools);
        }
        CommandLine line = new CommandLine(new GuardCommand())
                .addSubcommand(new InitCommand(tools))
                .addSubcommand(profile)
                .addSubcommand(key)
                .addSubcommand(AuditCommand.line(clock, random, in));
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(USAGE_WIDTH);
        tellVersion(line);
        line.setParameterExceptionHandler(GuardCommand::misunderstood);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command.getErr()));
        return line.execute(arguments);
    }

    /** What the console of this machine reads. */
    private static PrintWriter console(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    private static void add(CommandLine parent, KeyStateCommand.Step step, Tools tools) {
        CommandLine line = new CommandLine(new KeyStateCommand(tools, step));
        line.getCommandSpec().usageMessage().description(step.description());
        parent.addSubcommand(step.word(), line);
    }

    /** Every command knows the version, which stands in the jar. */
    private static void tellVersion(CommandLine line) {
        String version = GuardCommand.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("mcp-guard " + (version == null ? "(built from source)" : version));
        line.getSubcommands().values().forEach(GuardCommand::tellVersion);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "Say what to do, such as: mcp-guard profile list");
    }

    private static int misunderstood(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Run: " + line.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int failed(Exception failure, PrintWriter err) {
        if (failure instanceof ConfigurationException configuration) {
            configuration.problems().forEach(err::println);
        } else if (failure instanceof GuardException || failure instanceof UncheckedIOException) {
            err.println(failure.getMessage());
        } else {
            err.println("mcp-guard failed in a way it did not foresee ("
                    + failure.getClass().getSimpleName() + "). Please report it with the command you ran.");
        }
        return FAILED;
    }
}
