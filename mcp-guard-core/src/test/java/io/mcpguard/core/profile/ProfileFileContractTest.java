package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.testkit.contract.ProfileStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileContractTest extends ProfileStoreContract {

    @TempDir
    Path folder;

    @Override
    protected ProfileStore storeHolding(List<Profile> profiles) {
        write(profiles);
        return open();
    }

    private ProfileFile open() {
        return ProfileFile.builder(folder.resolve("profiles.yaml"), Set.of("ROLE_READER"), InstantSource.system())
                .open();
    }

    @Override
    protected void change(ProfileStore store, List<Profile> profiles) {
        write(profiles);
    }

    private void write(List<Profile> profiles) {
        try {
            Files.writeString(folder.resolve("profiles.yaml"), YamlText.of(profiles));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None: once opened, the store always has a last good state. */
    @Override
    protected Optional<ProfileStore> unreachableStore() {
        return Optional.empty();
    }

    @Override
    protected Optional<ProfileStore> hangingStore() {
        return Optional.empty();
    }

    @Test
    @DisplayName("PS-3 without a last good state the store does not open")
    void missing_file_refuses_to_open() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("run: mcp-guard init");
    }
}
