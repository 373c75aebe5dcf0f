package io.mcpguard.cli;

import io.mcpguard.core.credential.ApiKeyRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists keys without their secrets. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists keys: their ids, profiles, states and times. Secrets are not kept and cannot be listed.")
final class KeyListCommand implements Callable<Integer> {

    @Mixin
    private Home home = new Home();

    @Option(names = "--profile", paramLabel = "ID", description = "Only keys of this profile.")
    private @Nullable String profile;

    @Spec
    private @Nullable CommandSpec spec;

    private final Tools tools;

    KeyListCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<ApiKeyRecord> keys = home.read().credentials().stream()
                .filter(key -> profile == null || key.profile().value().equals(profile))
                .toList();
        if (keys.isEmpty()) {
            out.println("There is no key. Issue one: mcp-guard key issue --profile ID");
            return 0;
        }
        Instant now = tools.clock().instant();
        Table table = new Table("KEY", "PROFILE", "KIND", "STATE", "CREATED", "EXPIRES", "SUPERSEDED BY", "COMMENT");
        for (ApiKeyRecord key : keys) {
            table.row(
                    key.id(),
                    key.profile().value(),
                    key.kind().toString(),
                    state(key, now),
                    key.created().toString(),
                    key.expires().map(Instant::toString).orElse("never"),
                    key.supersededBy().orElse("-"),
                    key.comment().replaceAll("\\p{Cntrl}", "?"));
        }
        table.print(out);
        return 0;
    }

    private static String state(ApiKeyRecord key, Instant now) {
        return key.refusalAt(now)
                .map(refusal -> refusal.substring("key-".length()).replace('-', ' '))
                .orElse("active");
    }
}
