package io.mcpguard.testkit;

import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.testkit.contract.ProfileStoreContract;
import java.util.List;
import java.util.Optional;

class FixedProfileStoreTest extends ProfileStoreContract {

    @Override
    protected ProfileStore storeHolding(List<Profile> profiles) {
        return new FixedProfileStore(profiles.toArray(Profile[]::new));
    }

    @Override
    protected void change(ProfileStore store, List<Profile> profiles) {
        ((FixedProfileStore) store).hold(profiles);
    }

    @Override
    protected Optional<ProfileStore> unreachableStore() {
        FixedProfileStore store = new FixedProfileStore();
        store.failing(true);
        return Optional.of(store);
    }

    @Override
    protected Optional<ProfileStore> hangingStore() {
        return Optional.empty();
    }
}
