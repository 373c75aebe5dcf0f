package io.mcpguard.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.home.GuardHome.Settings;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalOfAHomeTest {

    @TempDir
    Path folder;

    private final AuditSink sink = batch -> assertThat(batch).isNotEmpty();

    @BeforeEach
    void init() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        for (Purpose purpose : Purpose.values()) {
            FileKeySource.create(keys, purpose, new SecureRandom());
        }
        Files.writeString(folder.resolve("profiles.yaml"), "version: 1\nclients: []\nprofiles: []\n");
    }

    private Settings settings() {
        return Settings.under(folder, Set.of());
    }

    @Test
    void records_that_wait_for_a_sink_need_one_before_the_guard_begins() {
        try (GuardHome home =
                GuardHome.open(settings().withLevels(AuditLevels.all(AuditLevel.REMOTE)), InstantSource.system())) {
            assertThatThrownBy(() -> home.guard("orders"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("no sink says that it has a record");

            home.feed(Map.of("elsewhere", sink));
            try (McpGuard guard = home.guard("orders").build()) {
                assertThat(guard.serviceName()).isEqualTo("orders");
            }
        }
    }

    @Test
    void where_old_records_are_deleted_sinks_are_named_before() {
        try (GuardHome home = GuardHome.open(settings().withRetention(Duration.ofDays(90)), InstantSource.system())) {
            try (McpGuard guard = home.guard("orders").build()) {
                assertThat(guard.serviceName()).isEqualTo("orders");
            }

            assertThatThrownBy(() -> home.feed(Map.of("late", sink)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before the guard");
        }
    }

    @Test
    void a_quota_that_holds_too_little_is_refused() {
        assertThatThrownBy(() -> GuardHome.open(settings().withQuota(1000), InstantSource.system()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("too small");
    }
}
