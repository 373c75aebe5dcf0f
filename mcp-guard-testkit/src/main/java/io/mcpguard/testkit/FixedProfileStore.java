package io.mcpguard.testkit;

import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A profile store that holds what a test gives it, and fails when the test says so.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class FixedProfileStore implements ProfileStore {

    private volatile List<Profile> profiles;
    private volatile boolean down;

    /**
     * Makes a store.
     *
     * @param profiles everything it holds
     */
    public FixedProfileStore(Profile... profiles) {
        this.profiles = sorted(Arrays.asList(profiles));
    }

    /**
     * Changes what the store holds.
     *
     * @param now everything it holds from the next lookup on
     */
    public void hold(List<Profile> now) {
        profiles = sorted(now);
    }

    /**
     * Makes every lookup fail, or end failing.
     *
     * @param fails whether lookups fail from now on
     */
    public void failing(boolean fails) {
        down = fails;
    }

    @Override
    public Optional<Profile> find(ProfileId id) {
        return all().stream().filter(profile -> profile.id().equals(id)).findFirst();
    }

    @Override
    public List<Profile> all() {
        if (down) {
            throw new StoreUnavailableException("the test has taken the profile store down", null);
        }
        return profiles;
    }

    private static List<Profile> sorted(List<Profile> profiles) {
        return profiles.stream()
                .sorted(Comparator.comparing(profile -> profile.id().value()))
                .toList();
    }
}
