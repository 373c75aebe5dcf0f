package io.mcpguard.cli;

import io.mcpguard.core.profile.ProfileDocument;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists profiles and what they open. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists profiles: whose they are, whether they may be used now, what they open and their limits.")
final class ProfileListCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    ProfileListCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ProfileDocument document = home.read();
        if (document.profiles().isEmpty()) {
            out.println("There is no profile yet. Add one to " + home.profiles() + ".");
            return 0;
        }
        Instant now = tools.clock().instant();
        Table table = new Table("PROFILE", "CLIENT", "STATE", "KEYS", "OPENS", "LIMITS");
        for (Profile profile : document.profiles()) {
            long keys = document.credentials().stream()
                    .filter(key -> key.profile().equals(profile.id()))
                    .filter(key -> key.refusalAt(now).isEmpty())
                    .count();
            table.row(
                    profile.id().value(),
                    profile.client().id().value(),
                    state(profile, now),
                    String.valueOf(keys),
                    opens(profile),
                    limits(profile));
        }
        table.print(out);
        return 0;
    }

    private static String state(Profile profile, Instant now) {
        if (profile.client().state() == State.SUSPENDED) {
            return "client suspended";
        }
        if (profile.state() == State.SUSPENDED) {
            return "suspended";
        }
        if (profile.validFrom().isPresent() && now.isBefore(profile.validFrom().get())) {
            return "not yet valid";
        }
        return profile.validUntil().isPresent()
                        && !now.isBefore(profile.validUntil().get())
                ? "expired"
                : "enabled";
    }

    private static String opens(Profile profile) {
        String grants = profile.grants().stream()
                .map(grant -> grant.product() + ": " + String.join(" ", new TreeSet<>(grant.methods())) + " "
                        + grant.operations() + (grant.readOnly() ? " that only read" : "")
                        + grant.tags()
                                .map(tags -> " tagged " + String.join(" or ", new TreeSet<>(tags)))
                                .orElse(""))
                .collect(Collectors.joining("; "));
        String denied = profile.denials().isEmpty() || grants.isEmpty()
                ? ""
                : "; but not " + profile.denials().stream().map(DenyRule::name).collect(Collectors.joining(", "));
        return grants.isEmpty() ? "nothing" : grants + denied;
    }

    private static String limits(Profile profile) {
        String limits = profile.limits().stream().map(ProfileListCommand::limit).collect(Collectors.joining(", "));
        return limits.isEmpty() ? "none" : limits;
    }

    private static String limit(Limit limit) {
        if (limit instanceof Limit.Rate rate) {
            return rate.permits() + " per "
                    + rate.period().toString().substring(1).replaceFirst("^T", "");
        }
        return ((Limit.Concurrency) limit).permits() + " at once";
    }
}
