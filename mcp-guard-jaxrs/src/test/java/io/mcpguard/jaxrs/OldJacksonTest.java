package io.mcpguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.home.GuardHome;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.testkit.FixedProfileStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose Jackson 2 brings the last annotations that are too old. It cannot get as far as a mount, of either kind. */
@Tag("old-jackson")
class OldJacksonTest {

    @TempDir
    Path home;

    @Test
    void resources_are_not_read() {
        isRefused(() -> JaxrsOperationSource.of(String.class));
    }

    @Test
    void a_home_is_not_opened() {
        isRefused(() -> GuardHome.open(GuardHome.Settings.under(home, Set.of()), InstantSource.system()));

        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_guard_that_a_mount_would_need_is_not_made() {
        isRefused(() -> McpGuard.builder("shop", new FixedProfileStore(), new RecordingTrail()));
    }

    private static void isRefused(ThrowingCallable start) {
        assertThatThrownBy(start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("needs newer annotations than jackson-annotations 2.20 (it misses ")
                .hasMessageEndingWith(
                        "state com.fasterxml.jackson.core:jackson-annotations 2.21 or later in the service's build");
    }
}
