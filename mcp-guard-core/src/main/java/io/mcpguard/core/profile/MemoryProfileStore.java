package io.mcpguard.core.profile;

import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps profiles in memory, for services that bring their own storage and for tests. A change is seen by the next lookup.
 * Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class MemoryProfileStore implements ProfileStore {

    private volatile Map<ProfileId, Profile> profiles = Map.of();

    /** Makes an empty store, which opens nothing to anybody. */
    public MemoryProfileStore() {}

    /**
     * Adds a profile, or replaces the one of the same id.
     *
     * @param profile the profile
     */
    public synchronized void put(Profile profile) {
        Map<ProfileId, Profile> next = copy();
        next.put(profile.id(), profile);
        profiles = next;
    }

    /**
     * Removes a profile; nobody can use it from then on.
     *
     * @param id the profile's id
     */
    public synchronized void remove(ProfileId id) {
        Map<ProfileId, Profile> next = copy();
        next.remove(id);
        profiles = next;
    }

    private Map<ProfileId, Profile> copy() {
        Map<ProfileId, Profile> copy = new TreeMap<>(Comparator.comparing(ProfileId::value));
        copy.putAll(profiles);
        return copy;
    }

    @Override
    public Optional<Profile> find(ProfileId id) {
        return Optional.ofNullable(profiles.get(id));
    }

    @Override
    public List<Profile> all() {
        return List.copyOf(profiles.values());
    }
}
