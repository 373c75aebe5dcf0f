package io.mcpguard.cli;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.IssuedKey;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Issues a key. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        description = {
            "Issues an API key for a profile and shows it, once.",
            "A profile has at most two usable keys at a time."
        })
final class KeyIssueCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Option(names = "--profile", required = true, paramLabel = "ID", description = "The profile the key is for.")
    private String profile = "";

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            defaultValue = "P90D",
            description = "How long it is good, such as P90D, PT12H or 'never' (default: ${DEFAULT-VALUE}).")
    private String expires = "P90D";

    @Option(names = "--test", description = "A test key, refused by services that do not allow them.")
    private boolean test;

    @Option(names = "--comment", paramLabel = "TEXT", description = "A note for people, kept beside the hash.")
    private String comment = "";

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to show the key (default: ${DEFAULT-VALUE}).")
    private IssuedKeyText.Format format = IssuedKeyText.Format.text;

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    KeyIssueCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Optional<Duration> lifetime =
                expires.equals("never") ? Optional.empty() : Optional.of(Arguments.span(expires, "--expires", line));
        IssuedKey issued = tools.issuer(home)
                .issue(Arguments.profile(profile, line), test ? ApiKey.Kind.TEST : ApiKey.Kind.LIVE, lifetime, comment);
        IssuedKeyText.print(issued, home, format, line.getOut());
        return 0;
    }
}
