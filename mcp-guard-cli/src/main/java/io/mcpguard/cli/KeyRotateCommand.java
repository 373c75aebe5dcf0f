package io.mcpguard.cli;

import io.mcpguard.core.credential.IssuedKey;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replaces a key by a new one. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Issues a key that replaces another, and shows it, once.",
            "The old key goes on working for the overlap, and never longer than it would have."
        })
final class KeyRotateCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Parameters(paramLabel = "KEYID", description = "The key to replace.")
    private String keyId = "";

    @Option(
            names = "--overlap",
            paramLabel = "SPAN",
            defaultValue = "PT24H",
            description = "How long the old key goes on working, PT0S for not at all (default: ${DEFAULT-VALUE}).")
    private String overlap = "PT24H";

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to show the key (default: ${DEFAULT-VALUE}).")
    private IssuedKeyText.Format format = IssuedKeyText.Format.text;

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    KeyRotateCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        IssuedKey issued =
                tools.issuer(home).rotate(Arguments.keyId(keyId, line), Arguments.span(overlap, "--overlap", line));
        IssuedKeyText.print(issued, home, format, line.getOut());
        return 0;
    }
}
