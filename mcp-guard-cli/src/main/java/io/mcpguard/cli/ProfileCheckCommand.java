package io.mcpguard.cli;

import io.mcpguard.core.profile.ProfileDocument;
import io.mcpguard.error.ConfigurationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a profiles file as the service would. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a profiles file and prints every mistake with its line and what to write instead.")
final class ProfileCheckCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file (default: profiles.yaml of the home).")
    private @Nullable Path file;

    @Option(
            names = "--allowed-roles",
            split = ",",
            paramLabel = "ROLE",
            description = "Roles that the service lets profiles use. Without it, roles are not checked.")
    private @Nullable List<String> allowedRoles;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path checked = file == null ? home.profiles() : file;
        Optional<Set<String>> roles = Optional.ofNullable(allowedRoles).map(LinkedHashSet::new);
        try {
            ProfileDocument document = ProfileDocument.read(checked, roles);
            line.getOut()
                    .println(checked + " has no mistakes: " + count(document.clients(), "client") + ", "
                            + count(document.profiles(), "profile") + ", " + count(document.credentials(), "key")
                            + ".");
            return 0;
        } catch (ConfigurationException e) {
            PrintWriter err = line.getErr();
            err.println(checked + " has mistakes:");
            e.problems().forEach(problem -> err.println("  " + problem));
            return 1;
        }
    }

    private static String count(List<?> things, String one) {
        return things.size() + " " + one + (things.size() == 1 ? "" : "s");
    }
}
