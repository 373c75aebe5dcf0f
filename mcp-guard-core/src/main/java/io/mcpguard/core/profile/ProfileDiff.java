package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.core.profile.ProfileChange.Kind;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what changed from one state to the next. */
final class ProfileDiff {

    private final Snapshot before;
    private final Snapshot after;
    private final List<ProfileChange> changes = new ArrayList<>();

    private ProfileDiff(Snapshot before, Snapshot after) {
        this.before = before;
        this.after = after;
    }

    static List<ProfileChange> of(Snapshot before, Snapshot after) {
        ProfileDiff diff = new ProfileDiff(before, after);
        diff.clients();
        diff.profiles();
        diff.credentials();
        return diff.changes;
    }

    private void clients() {
        Map<String, Client> old = index(before.clients(), client -> client.id().value());
        for (Client client : after.clients()) {
            Client was = old.remove(client.id().value());
            if (was == null) {
                client(Kind.CLIENT_ADDED, client, client.state().toString());
            } else if (was.state() != client.state()) {
                client(Kind.CLIENT_CHANGED, client, "state " + was.state() + " to " + client.state());
            } else if (!was.equals(client)) {
                client(Kind.CLIENT_CHANGED, client, "name");
            }
        }
        old.values().forEach(gone -> client(Kind.CLIENT_REMOVED, gone, ""));
    }

    private void client(Kind kind, Client client, String detail) {
        changes.add(new ProfileChange(kind, client.id().value(), "", client.id().value(), "", detail));
    }

    private void profiles() {
        Map<String, Profile> old =
                index(before.profiles(), profile -> profile.id().value());
        for (Profile profile : after.profiles()) {
            Profile was = old.remove(profile.id().value());
            if (was == null) {
                profile(Kind.PROFILE_ADDED, profile, "");
            } else if (!was.version().equals(profile.version())) {
                profile(Kind.PROFILE_CHANGED, profile, "version " + was.version() + " to " + profile.version());
            }
        }
        old.values().forEach(gone -> profile(Kind.PROFILE_REMOVED, gone, ""));
    }

    private void profile(Kind kind, Profile profile, String detail) {
        String id = profile.id().value();
        String version = kind == Kind.PROFILE_REMOVED ? "" : profile.version();
        changes.add(new ProfileChange(kind, id, id, profile.client().id().value(), version, detail));
    }

    private void credentials() {
        Map<String, ApiKeyRecord> old = index(before.credentials(), ApiKeyRecord::id);
        for (ApiKeyRecord record : after.credentials()) {
            ApiKeyRecord was = old.remove(record.id());
            if (was == null) {
                credential(Kind.CREDENTIAL_ISSUED, record, record.kind() + ", " + record.state());
                continue;
            }
            boolean stateChanged = was.state() != record.state();
            if (stateChanged) {
                credential(kindOf(record.state()), record, was.state() + " to " + record.state());
            }
            if (!was.supersededBy().equals(record.supersededBy())
                    && record.supersededBy().isPresent()) {
                credential(
                        Kind.CREDENTIAL_ROTATED,
                        record,
                        "superseded by " + record.supersededBy().get() + " until "
                                + record.expires().map(Object::toString).orElse(""));
            } else if (!sameButState(was, record)) {
                credential(Kind.CREDENTIAL_CHANGED, record, "hash, profile, time or comment");
            }
        }
        old.values().forEach(gone -> credential(Kind.CREDENTIAL_REMOVED, gone, ""));
    }

    private static Kind kindOf(State state) {
        return switch (state) {
            case ACTIVE -> Kind.CREDENTIAL_RESUMED;
            case SUSPENDED -> Kind.CREDENTIAL_SUSPENDED;
            case REVOKED -> Kind.CREDENTIAL_REVOKED;
        };
    }

    private static boolean sameButState(ApiKeyRecord was, ApiKeyRecord record) {
        return was.hash().matches(record.hash())
                && was.profile().equals(record.profile())
                && was.kind() == record.kind()
                && was.created().equals(record.created())
                && was.notBefore().equals(record.notBefore())
                && was.expires().equals(record.expires())
                && was.supersededBy().equals(record.supersededBy())
                && was.comment().equals(record.comment());
    }

    private void credential(Kind kind, ApiKeyRecord record, String detail) {
        @Nullable Profile profile = after.profile(record.profile());
        profile = profile == null ? before.profile(record.profile()) : profile;
        changes.add(new ProfileChange(
                kind,
                record.id(),
                record.profile().value(),
                profile == null ? "" : profile.client().id().value(),
                profile == null ? "" : profile.version(),
                detail));
    }

    private static <T> Map<String, T> index(List<T> values, Function<T, String> id) {
        Map<String, T> index = new LinkedHashMap<>();
        values.forEach(value -> index.put(id.apply(value), value));
        return index;
    }
}
