package io.mcpguard.cli.audit;

import io.mcpguard.core.credential.FileKeySource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit checkpoint new-key}: the next pair of keys. */
@Command(
        name = "new-key",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new key pair for checkpoints, used from the next start of the service on.",
            "The public halves of earlier pairs stay, to verify what they signed."
        })
final class CheckpointKeyCommand implements Callable<Integer> {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MCP_GUARD_HOME:-mcp-guard}",
            description = "Folder with keys/ (default: $MCP_GUARD_HOME, else ./mcp-guard).")
    private Path home = Path.of("mcp-guard");

    @Spec
    private @Nullable CommandSpec spec;

    private final SecureRandom random;

    CheckpointKeyCommand(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() {
        Path file = FileKeySource.createSigning(home.resolve("keys"), random);
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println("made  " + file
                        + ". Restart the service, then export a checkpoint and keep its public key elsewhere.");
        return 0;
    }
}
