package io.mcpguard.cli;

import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.profile.ProfileDocument;
import io.mcpguard.core.profile.ProfileWarnings;
import io.mcpguard.core.profile.UnmatchedGrants;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a profiles file as the service would, and looks for what is no mistake but unwise. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a profiles file as 'profile check' does, and warns of what is no mistake but unwise:",
            "grants of everything, no limits, no end, no owner, rules on trial, names the service does not know.",
            "Exit codes: 0 no mistakes, 1 mistakes, or warnings with --strict."
        })
final class ProfileLintCommand implements Callable<Integer> {

    private static final int FOUND = 1;

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

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "What the service publishes, as its actuator endpoint mcpguard lists it.")
    private @Nullable Path inventory;

    @Option(names = "--strict", description = "Takes warnings for mistakes.")
    private boolean strict;

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    ProfileLintCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path checked = file == null ? home.profiles() : file;
        Optional<Set<String>> roles = Optional.ofNullable(allowedRoles).map(LinkedHashSet::new);
        ProfileDocument document;
        try {
            document = ProfileDocument.read(checked, roles);
        } catch (ConfigurationException e) {
            PrintWriter err = line.getErr();
            e.problems().forEach(problem -> err.println(checked + ": error: " + problem));
            return FOUND;
        }
        List<String> warnings = new ArrayList<>();
        for (Profile profile : document.profiles()) {
            warnings.addAll(ProfileWarnings.of(profile, tools.clock().instant()));
        }
        if (inventory != null) {
            warnings.addAll(unknown(document, InventoryFile.read(inventory)));
        }
        warnings.forEach(warning -> line.getOut().println(checked + ": warning: " + warning));
        line.getOut()
                .println(checked + " has no mistakes and " + warnings.size() + " warning"
                        + (warnings.size() == 1 ? "." : "s."));
        return strict && !warnings.isEmpty() ? FOUND : 0;
    }

    private static List<String> unknown(ProfileDocument document, Catalog catalog) {
        List<Profile> opening = document.profiles().stream()
                .filter(profile -> !profile.grants().isEmpty())
                .toList();
        return UnmatchedGrants.unknownTo(
                opening,
                catalog.products().stream().map(Product::id).collect(Collectors.toSet()),
                catalog.operations().stream().map(PublishedOperation::id).collect(Collectors.toSet()));
    }
}
