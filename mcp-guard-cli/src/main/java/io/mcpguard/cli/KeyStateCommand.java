package io.mcpguard.cli;

import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.core.profile.ProfileFileEditor;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Suspends, resumes or revokes a key. */
@Command(mixinStandardHelpOptions = true)
final class KeyStateCommand implements Callable<Integer> {

    /** What to do with the key. */
    enum Step {
        SUSPEND("is suspended", "Refuses a key until it is resumed."),
        RESUME("may be used again", "Lets a suspended key be used again."),
        REVOKE("is revoked", "Refuses a key for ever.");

        private final String done;
        private final String description;

        Step(String done, String description) {
            this.done = done;
            this.description = description;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String description() {
            return description;
        }
    }

    @Mixin
    private Home home = new Home();

    @Parameters(paramLabel = "KEYID", description = "The key, by the 8 characters that name it.")
    private String keyId = "";

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;
    private final Step step;

    KeyStateCommand(Tools tools, Step step) {
        this.tools = tools;
        this.step = step;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        String id = Arguments.keyId(keyId, line);
        // No secret key is needed to withdraw one, and a broken key folder must not stand in the way.
        ApiKeyIssuer issuer = new ApiKeyIssuer(
                new ProfileFileEditor(home.profiles()), new MemoryKeySource(), tools.random(), tools.clock());
        switch (step) {
            case SUSPEND -> issuer.suspend(id);
            case RESUME -> issuer.resume(id);
            case REVOKE -> issuer.revoke(id);
        }
        line.getOut().println("Key " + id + " " + step.done + ". A running service obeys from its next request on.");
        return 0;
    }
}
