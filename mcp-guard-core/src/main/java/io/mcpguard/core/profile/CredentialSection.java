package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyHash;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code credentials:}. */
final class CredentialSection {

    private static final String WRITE_ID = "write the 8 letters and digits of a key that mcp-guard has issued";
    private static final String WRITE_STATE = "write active, suspended or revoked";

    private final Section<Profile> profiles;
    final Section<ApiKeyRecord> section = new Section<>();

    /** States other than active that could be read, also of records with other mistakes. */
    final Map<String, State> withdrawn = new HashMap<>();

    private final Map<String, Fields> successors = new HashMap<>();

    private CredentialSection(Section<Profile> profiles) {
        this.profiles = profiles;
    }

    static CredentialSection read(Fields root, Section<Profile> profiles, Problems problems) {
        CredentialSection reading = new CredentialSection(profiles);
        for (YamlNode item : root.section("credentials")) {
            Fields.of(item, "a credential", problems).ifPresent(reading::readOne);
        }
        reading.successors.forEach((id, fields) -> {
            if (!reading.section.ids.contains(id)) {
                fields.wrong("supersededBy", "there is no credential " + Problems.quote(id) + "; write the id of one");
            }
        });
        return reading;
    }

    private void readOne(Fields fields) {
        String id = fields.required("id", WRITE_ID, ApiKeyRecord::checkId);
        ProfileId profile = fields.required("profile", "write the id of a profile", ProfileId::new);
        ApiKeyHash hash = hash(fields);
        ApiKey.Kind kind = fields.optional("kind", "write live or test", Words.oneOf(ApiKey.Kind.class));
        Instant created = fields.required("created", Words.WRITE_TIME, Words::time);
        Instant notBefore = fields.optional("notBefore", Words.WRITE_TIME, Words::time);
        Instant expires = fields.optional("expires", Words.WRITE_TIME, Words::time);
        State state = fields.required("state", WRITE_STATE, Words.oneOf(State.class));
        String successor = fields.optional("supersededBy", WRITE_ID, ApiKeyRecord::checkId);
        String comment = fields.optional("comment", "write a note for people", text -> text);
        fields.done();
        if (successor != null) {
            successors.put(successor, fields);
            if (!fields.has("expires")) {
                fields.missing("expires", "a superseded key needs an end; " + Words.WRITE_TIME);
            }
        }
        if (notBefore != null && expires != null && expires.isBefore(notBefore)) {
            fields.wrong("expires", "'expires' is before 'notBefore'; write a later time");
        }
        if (profile != null && !profiles.ids.contains(profile.value())) {
            fields.wrong(
                    "profile",
                    "there is no profile " + Problems.quote(profile.value()) + "; "
                            + (profiles.ids.isEmpty()
                                    ? "add it under 'profiles'"
                                    : "write one of " + String.join(", ", new TreeSet<>(profiles.ids))));
        }
        if (id == null) {
            return;
        }
        section.declare(id, "credential", fields);
        if (state != null && state != State.ACTIVE) {
            withdrawn.merge(id, state, CredentialSection::stricter);
        }
        boolean sound = (successor == null || expires != null)
                && (notBefore == null || expires == null || !expires.isBefore(notBefore));
        if (sound && profile != null && hash != null && created != null && state != null) {
            section.entries.add(new ApiKeyRecord(
                    id,
                    hash,
                    profile,
                    Objects.requireNonNullElse(kind, ApiKey.Kind.LIVE),
                    created,
                    Optional.ofNullable(notBefore),
                    Optional.ofNullable(expires),
                    state,
                    Optional.ofNullable(successor),
                    Objects.requireNonNullElse(comment, "")));
        }
    }

    /** Never repeats what stands there: somebody may have put the key itself. */
    private @Nullable ApiKeyHash hash(Fields fields) {
        String text = fields.required("hash", "write what mcp-guard has made, hmac-sha256:<pepper>:<hash>", t -> t);
        if (text == null) {
            return null;
        }
        try {
            return ApiKeyHash.parse(text);
        } catch (IllegalArgumentException e) {
            fields.wrong("hash", e.getMessage() + "; only mcp-guard can make one");
            return null;
        }
    }

    private static State stricter(State one, State other) {
        return one == State.REVOKED ? one : other;
    }
}
