package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One immutable state of a profiles file, made for looking things up. */
final class Snapshot {

    private final String digest;
    private final List<Client> clients;
    private final List<Profile> profiles;
    private final Map<ProfileId, Profile> profilesById = new LinkedHashMap<>();
    private final Map<String, ApiKeyRecord> credentials = new LinkedHashMap<>();

    Snapshot(ProfileDocument document) {
        this(document.digest(), document.clients(), document.profiles(), document.credentials());
    }

    private Snapshot(String digest, List<Client> clients, List<Profile> profiles, List<ApiKeyRecord> records) {
        this.digest = digest;
        this.clients = clients;
        this.profiles = profiles.stream()
                .sorted(Comparator.comparing(profile -> profile.id().value()))
                .toList();
        this.profiles.forEach(profile -> profilesById.put(profile.id(), profile));
        records.forEach(record -> credentials.put(record.id(), record));
    }

    /** Suspends and revokes keys, and lets nothing more be used than before. */
    Snapshot without(Map<String, State> withdrawn) {
        List<ApiKeyRecord> narrowed = credentials().stream()
                .map(record -> {
                    State state = withdrawn.get(record.id());
                    return state != null && state.compareTo(record.state()) > 0 ? record.withState(state) : record;
                })
                .toList();
        return new Snapshot(digest, clients, profiles, narrowed);
    }

    /** Digest of the file it came from. */
    String digest() {
        return digest;
    }

    List<Client> clients() {
        return clients;
    }

    /** In the order of their ids. */
    List<Profile> profiles() {
        return profiles;
    }

    @Nullable Profile profile(ProfileId id) {
        return profilesById.get(id);
    }

    List<ApiKeyRecord> credentials() {
        return List.copyOf(credentials.values());
    }

    @Nullable ApiKeyRecord credential(String id) {
        return credentials.get(id);
    }
}
