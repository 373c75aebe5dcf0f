package io.mcpguard.core.profile;

import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.testkit.contract.ProfileStoreContract;
import java.util.List;
import java.util.Optional;

class MemoryProfileStoreTest extends ProfileStoreContract {

    @Override
    protected ProfileStore storeHolding(List<Profile> profiles) {
        MemoryProfileStore store = new MemoryProfileStore();
        profiles.forEach(store::put);
        return store;
    }

    @Override
    protected void change(ProfileStore store, List<Profile> profiles) {
        MemoryProfileStore memory = (MemoryProfileStore) store;
        memory.all().forEach(old -> memory.remove(old.id()));
        profiles.forEach(memory::put);
    }

    @Override
    protected Optional<ProfileStore> unreachableStore() {
        return Optional.empty();
    }

    @Override
    protected Optional<ProfileStore> hangingStore() {
        return Optional.empty();
    }
}
