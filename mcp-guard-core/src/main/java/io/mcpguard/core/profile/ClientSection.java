package io.mcpguard.core.profile;

import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.State;
import java.util.Objects;

/** Reads {@code clients:}. */
final class ClientSection {

    private static final String WRITE_ID =
            "write 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit";

    private ClientSection() {}

    static Section<Client> read(Fields root, Problems problems) {
        Section<Client> section = new Section<>();
        for (YamlNode item : root.section("clients")) {
            Fields.of(item, "a client", problems).ifPresent(fields -> readOne(fields, section));
        }
        return section;
    }

    private static void readOne(Fields fields, Section<Client> section) {
        ClientId id = fields.required("id", WRITE_ID, ClientId::new);
        String name = fields.optional("name", "write a name for people", text -> text);
        boolean stateGiven = fields.has("state");
        State state = fields.optional("state", "write enabled or suspended", Words.oneOf(State.class));
        fields.done();
        if (id == null) {
            return;
        }
        section.declare(id.value(), "client", fields);
        if (!stateGiven || state != null) {
            section.entries.add(new Client(
                    id,
                    Objects.requireNonNullElse(name, id.value()),
                    Objects.requireNonNullElse(state, State.ENABLED)));
        }
    }
}
