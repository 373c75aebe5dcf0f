package io.mcpguard.core.profile;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.profile.TimeWindow;
import io.mcpguard.profile.ToolMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code profiles:}. */
final class ProfileSection {

    private static final String WRITE_ID =
            "write 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit";
    private static final String WRITE_GRANT =
            "write at least one '- {product: ..., operations: [...], methods: [...]}', or leave 'grants' out to open"
                    + " nothing";
    private static final String WRITE_LIMIT =
            "write '- {name: ..., permits: 60, per: 1m}' or '- {name: ..., concurrency: 4}', or leave 'limits' out";
    private static final String WRITE_DENY =
            "write '- {name: ..., operations: [...]}' with any of product, operations, methods, tags, readOnly, or"
                    + " leave 'deny' out";
    private static final String WRITE_TIMES =
            "write '- {days: [mon, tue], from: '08:00', to: '18:00', zone: Europe/Berlin}', or leave 'times' out; an"
                    + " empty list would open it at any time";
    private static final String WRITE_VALUE =
            "write '- {operation: ..., pointer: /body/..., keep: mask|hmac|drop}', or leave 'values' out";
    private static final String WRITE_NETWORK =
            "write ranges such as 10.0.0.0/8 or 2001:db8::/32, or leave 'networks' out; an empty list would open it to"
                    + " all";

    private final Section<Client> clients;
    private final Optional<Set<String>> allowedRoles;
    private final Problems problems;
    private final Section<Profile> section = new Section<>();

    private ProfileSection(Section<Client> clients, Optional<Set<String>> allowedRoles, Problems problems) {
        this.clients = clients;
        this.allowedRoles = allowedRoles;
        this.problems = problems;
    }

    static Section<Profile> read(
            Fields root, Section<Client> clients, Optional<Set<String>> allowedRoles, Problems problems) {
        ProfileSection reading = new ProfileSection(clients, allowedRoles, problems);
        for (YamlNode item : root.section("profiles")) {
            Fields.of(item, "a profile", problems).ifPresent(reading::readOne);
        }
        return reading.section;
    }

    private void readOne(Fields fields) {
        ProfileId id = fields.required("id", WRITE_ID, ProfileId::new);
        ClientId clientId = fields.required("client", "write the id of a client", ClientId::new);
        String description = fields.optional("description", "write a sentence for people", text -> text);
        String owner = fields.optional("owner", "write who answers for the profile", text -> text);
        State state = fields.optional("state", "write enabled or suspended", Words.oneOf(State.class));
        Instant from = fields.optional("validFrom", Words.WRITE_TIME, Words::time);
        Instant until = fields.optional("validUntil", Words.WRITE_TIME, Words::time);
        String principal = fields.optional("principal", "write the name the service is to see", text -> text);
        Set<String> roles = roles(fields, principal);
        Binding binding = fields.fields("bind").map(this::binding).orElseGet(Binding::nobody);
        List<Grant> grants = entries(fields, "grants", WRITE_GRANT, "a grant", GrantEntry::read);
        List<DenyRule> denials = denials(fields);
        List<Limit> limits = limits(fields);
        List<AddressRange> networks = List.copyOf(
                fields.texts("networks", WRITE_NETWORK, "write a range such as 10.0.0.0/8", AddressRange::new));
        ToolMode tools = fields.optional(
                "tools",
                "write fixed or direct, or leave it out for what the service chose",
                Words.oneOf(ToolMode.class));
        List<TimeWindow> times = entries(fields, "times", WRITE_TIMES, "a time window", TimeEntry::read);
        List<ValueRule> values = entries(fields, "values", WRITE_VALUE, "a rule for values", ValueEntry::read);
        Boolean trial = fields.truth("trial", Words.WRITE_TRIAL);
        fields.done();
        if (from != null && until != null && !from.isBefore(until)) {
            fields.wrong("validUntil", "'validUntil' is not after 'validFrom'; write a later time");
        }
        if (id == null) {
            return;
        }
        section.declare(id.value(), "profile", fields);
        Optional<Client> client = client(fields, clientId);
        if (problems.none() && client.isPresent()) {
            Profile.Builder builder = Profile.builder(id, client.get())
                    .description(Objects.requireNonNullElse(description, ""))
                    .state(Objects.requireNonNullElse(state, State.ENABLED))
                    .valid(from, until)
                    .principal(principal, roles)
                    .binding(binding)
                    .grants(grants)
                    .limits(limits)
                    .networks(networks)
                    .tools(tools)
                    .values(values)
                    .owner(Objects.requireNonNullElse(owner, ""))
                    .denials(denials)
                    .times(times)
                    .trial(Objects.requireNonNullElse(trial, false));
            String version = ProfileDigest.of(builder.build());
            section.entries.add(builder.version(version).build());
        }
    }

    private Optional<Client> client(Fields fields, @Nullable ClientId id) {
        if (id == null) {
            return Optional.empty();
        }
        if (!clients.ids.contains(id.value())) {
            fields.wrong(
                    "client",
                    "there is no client " + Problems.quote(id.value()) + "; "
                            + (clients.ids.isEmpty()
                                    ? "add it under 'clients'"
                                    : "write one of " + String.join(", ", new TreeSet<>(clients.ids))));
        }
        return clients.entries.stream().filter(client -> client.id().equals(id)).findFirst();
    }

    private Set<String> roles(Fields fields, @Nullable String principal) {
        Set<String> roles = fields.texts(
                "roles",
                "list the roles the service is to see, or leave 'roles' out",
                allowedRoles
                        .filter(allowed -> !allowed.isEmpty())
                        .map(allowed ->
                                "this service allows profiles to use " + String.join(", ", new TreeSet<>(allowed)))
                        .orElse("this service allows profiles no role; add it to the service's list of allowed roles"),
                this::allowed);
        if (!roles.isEmpty() && principal == null && !fields.has("principal")) {
            fields.wrong("roles", "'roles' need somebody to carry them; add 'principal' with a name");
        }
        return roles;
    }

    private String allowed(String role) {
        if (allowedRoles.isPresent() && !allowedRoles.get().contains(role)) {
            throw new IllegalArgumentException();
        }
        return role;
    }

    private Binding binding(Fields fields) {
        Set<String> principals =
                fields.texts("principals", "list names of principals, or leave it out", "write a name", text -> text);
        Set<String> roles = fields.texts("roles", "list roles, or leave it out", "write a role", text -> text);
        if (!fields.has("principals") && !fields.has("roles")) {
            problems.add(fields.start(), "'bind' binds nobody; add 'principals' or 'roles', or leave 'bind' out");
        }
        fields.done();
        return new Binding(principals, roles);
    }

    private List<Limit> limits(Fields fields) {
        Set<String> names = new HashSet<>();
        return entries(fields, "limits", WRITE_LIMIT, "a limit", limit -> LimitEntry.read(limit, names));
    }

    private List<DenyRule> denials(Fields fields) {
        Set<String> names = new HashSet<>();
        return entries(fields, "deny", WRITE_DENY, "a rule that denies", rule -> DenyEntry.read(rule, names));
    }

    private <T> List<T> entries(
            Fields fields, String key, String whenEmpty, String what, Function<Fields, Optional<T>> read) {
        List<T> entries = new ArrayList<>();
        for (YamlNode item : fields.items(key, whenEmpty)) {
            Fields.of(item, what, problems).flatMap(read).ifPresent(entries::add);
        }
        return entries;
    }
}
