package io.mcpguard.cli.audit;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.home.LookupRecords;
import io.mcpguard.core.mask.ValueHash;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code mcp-guard audit hash}: says what stands in the trail for a value that an investigator knows. */
@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        description = {
            "Says what stands in the audit trail for a value, under the current key and every older one.",
            "The value is read from standard input. On the command line it would stand in the list of",
            "processes and in the history of the shell."
        },
        footer = {
            "",
            "Every look-up is recorded, without the value, in the journal audit-lookups of the home, before",
            "the hash is shown.",
            "Exit codes: 0 done, 1 no key or the look-up could not be recorded, 2 called wrongly."
        })
final class AuditHashCommand implements Callable<Integer> {

    /** In place of a pointer: the value is the name of an argument that the operation does not declare. */
    private static final String NAMES = "#name";

    private static final int MAX_BYTES = 1 << 20;

    private final InstantSource clock;
    private final SecureRandom random;
    private final InputStream in;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MCP_GUARD_HOME:-mcp-guard}",
            description = "Folder with keys/ (default: $MCP_GUARD_HOME, else ./mcp-guard).")
    private Path home = Path.of("mcp-guard");

    @Option(names = "--operation", paramLabel = "ID", description = "The operation or feature that takes the value.")
    private @Nullable String operation;

    @Option(
            names = "--pointer",
            paramLabel = "POINTER",
            description = "The argument, such as /path/orderId, as the record names it.")
    private @Nullable String pointer;

    @Option(
            names = "--correlate",
            paramLabel = "NAME",
            description = "In place of the two: the name by which the service's rules correlate the value.")
    private @Nullable String correlate;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "The tenant that the service is set up with, if any.")
    private String tenant = "";

    AuditHashCommand(InstantSource clock, SecureRandom random, InputStream in) {
        this.clock = clock;
        this.random = random;
        this.in = in;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        boolean single = operation != null && pointer != null;
        if (correlate == null ? !single : operation != null || pointer != null) {
            throw new ParameterException(
                    line, "Say which value it is: --operation ID and --pointer POINTER, or --correlate NAME alone.");
        }
        checked(line);
        List<NamedKey> keys = new FileKeySource(home.resolve("keys")).all(Purpose.AUDIT_MASK);
        if (keys.isEmpty()) {
            throw new ConfigurationException(
                    "keys", "There is no key for audit values in " + home.resolve("keys") + "; hashes cannot be made.");
        }
        String value = value(line);
        LookupRecords records = new LookupRecords(home, clock, new Uuid7(clock, random));
        records.record(
                Objects.requireNonNullElse(operation, ""), Objects.requireNonNullElse(pointer, ""), correlated());
        PrintWriter out = line.getOut();
        for (NamedKey key : keys) {
            ValueHash hash = new ValueHash(key, tenant);
            out.println(
                    correlated().isPresent()
                            ? hash.correlated(correlated().get(), value)
                            : hash.of(Objects.requireNonNull(operation), Objects.requireNonNull(pointer), value));
        }
        out.flush();
        return 0;
    }

    /** Refuses what no record has, most likely the value itself in the place of its pointer. */
    private void checked(CommandLine line) {
        try {
            if (correlate != null) {
                ValueRule.correlating(ValueRule.ANY, "/", correlate);
            } else if (!NAMES.equals(pointer)) {
                ValueRule.of(Objects.requireNonNull(operation), Objects.requireNonNull(pointer), ValueRule.Keep.HMAC);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> correlated() {
        return Optional.ofNullable(correlate);
    }

    /** All of standard input but the end of its last line, which an editor or {@code echo} adds. */
    private String value(CommandLine line) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ParameterException(line, "The value on standard input has more than 1 MiB.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\r?\n\\z", "");
            if (text.isEmpty()) {
                throw new ParameterException(line, "There is no value on standard input.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new ParameterException(line, "The value on standard input is not UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input could not be read (" + e + ").", e);
        }
    }
}
