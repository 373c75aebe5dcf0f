package io.mcpguard.core.profile;

import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.State;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes profiles as an operator would. */
final class YamlText {

    private YamlText() {}

    static String of(List<Profile> profiles) {
        StringBuilder yaml = new StringBuilder("version: 1\n");
        Set<Client> clients = new LinkedHashSet<>();
        profiles.forEach(profile -> clients.add(profile.client()));
        if (!clients.isEmpty()) {
            yaml.append("clients:\n");
        }
        for (Client client : clients) {
            yaml.append("  - {id: " + client.id() + ", name: \"" + client.name() + "\", state: " + word(client.state())
                    + "}\n");
        }
        if (!profiles.isEmpty()) {
            yaml.append("profiles:\n");
        }
        profiles.forEach(profile -> append(yaml, profile));
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, Profile profile) {
        yaml.append(
                "  - id: " + profile.id() + "\n    client: " + profile.client().id() + "\n");
        yaml.append("    state: " + word(profile.state()) + "\n");
        if (!profile.description().isEmpty()) {
            yaml.append("    description: \"" + profile.description() + "\"\n");
        }
        profile.validFrom().ifPresent(from -> yaml.append("    validFrom: " + from + "\n"));
        profile.validUntil().ifPresent(until -> yaml.append("    validUntil: " + until + "\n"));
        profile.principalName().ifPresent(name -> yaml.append("    principal: " + name + "\n"));
        list(yaml, "    roles", profile.roles());
        if (!profile.binding().equals(Binding.nobody())) {
            yaml.append("    bind:\n");
            list(yaml, "      principals", profile.binding().principals());
            list(yaml, "      roles", profile.binding().roles());
        }
        list(
                yaml,
                "    networks",
                profile.networks().stream().map(range -> range.cidr()).toList());
        if (!profile.grants().isEmpty()) {
            yaml.append("    grants:\n");
        }
        for (Grant grant : profile.grants()) {
            yaml.append("      - product: " + grant.product() + "\n");
            list(yaml, "        operations", grant.operations().texts());
            list(yaml, "        methods", grant.methods());
        }
        if (!profile.limits().isEmpty()) {
            yaml.append("    limits:\n");
        }
        for (Limit limit : profile.limits()) {
            if (limit instanceof Limit.Rate rate) {
                yaml.append("      - {name: " + rate.name() + ", permits: " + rate.permits() + ", per: " + rate.period()
                        + "}\n");
            } else if (limit instanceof Limit.Concurrency concurrency) {
                yaml.append("      - {name: " + concurrency.name() + ", concurrency: " + concurrency.permits() + "}\n");
            }
        }
    }

    private static void list(StringBuilder yaml, String key, Collection<String> values) {
        if (!values.isEmpty()) {
            yaml.append(key + ": [\"" + String.join("\", \"", values) + "\"]\n");
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
