package io.mcpguard.cli;

import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.guard.Rehearsal;
import io.mcpguard.core.profile.ProfileDocument;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a call would be let through, by which rule, and what every other rule says of it. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether a profile allows a call and which rule decides, by the decision that the service uses.",
            "What limits have left, rules in the service's code and its own security are not known here.",
            "Exit codes: 0 allowed, 3 denied, 1 failed, 2 called wrongly."
        })
final class ProfileExplainCommand implements Callable<Integer> {

    private static final int DENIED = 3;

    @Mixin
    private Home home = new Home();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file (default: profiles.yaml of the home).")
    private @Nullable Path file;

    @Option(names = "--profile", required = true, paramLabel = "ID", description = "The profile (X-Profile-ID).")
    private String profileId = "";

    @Option(names = "--client", paramLabel = "ID", description = "The client (X-Client-ID), where it is sent.")
    private @Nullable String client;

    @Option(names = "--operation", required = true, paramLabel = "ID", description = "The operation that is called.")
    private String operation = "";

    @ArgGroup(multiplicity = "1")
    private @Nullable KnownOperations known;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "Where the call comes from (default: an address of the profile's networks).")
    private @Nullable String address;

    @Option(names = "--time", paramLabel = "TIME", description = "When, such as 2027-01-31T22:00:00Z (default: now).")
    private @Nullable String time;

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    ProfileExplainCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path read = file == null ? home.profiles() : file;
        Profile profile = profile(read, Arguments.profile(profileId, line));
        Catalog catalog = Objects.requireNonNull(known).catalog(operation, line);
        Rehearsal.Call call = new Rehearsal.Call(
                operation,
                Optional.ofNullable(client),
                address == null ? anAddress(profile) : address(address, line),
                time == null ? tools.clock().instant() : instant(time, line));
        Rehearsal.Answer answer = new Rehearsal(catalog, profile).of(call);
        print(line.getOut(), profile, call, answer);
        return answer.verdict().allowed() ? 0 : DENIED;
    }

    private static Profile profile(Path file, ProfileId id) {
        List<Profile> profiles = ProfileDocument.read(file, Optional.empty()).profiles();
        return profiles.stream()
                .filter(profile -> profile.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "profile", "There is no profile " + id + " in " + file + ". Run: mcp-guard profile list"));
    }

    private static void print(PrintWriter out, Profile profile, Rehearsal.Call call, Rehearsal.Answer answer) {
        AuditVerdict verdict = answer.verdict();
        out.println(
                (verdict.allowed() ? "ALLOWED" : "DENIED") + "  " + call.operationId() + " by profile " + profile.id()
                        + " of client " + profile.client().id() + ", from " + call.address() + " at " + call.time());
        out.println(
                verdict.allowed()
                        ? "  decided by: " + verdict.detail()
                        : "  the caller is told: " + verdict.reason() + "\n  decided by: " + verdict.detail());
        answer.reasons().forEach(reason -> out.println("  - " + reason));
        if (verdict.allowed() && !profile.limits().isEmpty()) {
            out.println("  - every limit must have something left: "
                    + String.join(
                            ", ",
                            profile.limits().stream().map(limit -> limit.name()).toList()));
        }
    }

    private static String anAddress(Profile profile) {
        return profile.networks().stream()
                .map(AddressRange::cidr)
                .map(cidr -> cidr.replaceFirst("/.*", ""))
                .findFirst()
                .orElse("127.0.0.1");
    }

    private static String address(String text, CommandLine line) {
        try {
            if (new AddressRange(text).contains(text)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the sentence below.
        }
        throw new ParameterException(line, "'" + text + "' is no IP address. Write one such as 10.1.2.3.");
    }

    private static Instant instant(String text, CommandLine line) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(line, "'" + text + "' is no time with a zone. Write 2027-01-31T22:00:00Z.", e);
        }
    }
}
