package io.mcpguard.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.checkpoint.CheckpointKeys;
import io.mcpguard.core.checkpoint.CheckpointReport;
import io.mcpguard.core.checkpoint.CheckpointSettings;
import io.mcpguard.core.checkpoint.CheckpointVerifier;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.credential.KeySource.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsOfAHomeTest {

    @TempDir
    Path folder;

    @BeforeEach
    void init() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        for (Purpose purpose : Purpose.values()) {
            FileKeySource.create(keys, purpose, new SecureRandom());
        }
        Files.writeString(folder.resolve("profiles.yaml"), "version: 1\nclients: []\nprofiles: []\n");
    }

    @Test
    void a_guard_has_checkpoints_when_its_home_has_a_key_for_them() throws IOException {
        FileKeySource.createSigning(folder.resolve("keys"), new SecureRandom());
        try (GuardHome home = open();
                McpGuard guard = home.guard("orders and more").build()) {
            assertThat(guard.serviceName()).isEqualTo("orders and more");
            assertThatThrownBy(() -> home.checkpoints(CheckpointSettings.of("orders")))
                    .isInstanceOf(IllegalStateException.class);
        }

        CheckpointReport report = verify();
        assertThat(report.journal().isWhole()).isTrue();
        assertThat(report.verified()).isEqualTo(report.checkpoints()).isGreaterThanOrEqualTo(2);
        assertThat(report.recordsAfter()).isZero();
        assertThat(report.latest().orElseThrow().origin()).startsWith("mcp-guard/orders%20and%20more/");
    }

    @Test
    void they_can_be_made_in_another_name() throws IOException {
        FileKeySource.createSigning(folder.resolve("keys"), new SecureRandom());
        try (GuardHome home = open()) {
            Checkpoints made = home.checkpoints(
                    new CheckpointSettings("orders", Optional.of("node-7"), 100, Duration.ofMinutes(1)));
            try (McpGuard guard = home.guard("orders").build()) {
                assertThat(guard.serviceName()).isEqualTo("orders");
                assertThat(made.status().enabled()).isTrue();
            }
        }

        assertThat(verify().latest().orElseThrow().origin()).isEqualTo("mcp-guard/orders/node-7");
    }

    @Test
    void a_home_of_before_works_without() throws IOException {
        try (GuardHome home = open();
                McpGuard guard = home.guard("orders").build()) {
            assertThat(guard.serviceName()).isEqualTo("orders");
        }

        CheckpointReport report =
                new CheckpointVerifier(folder.resolve("audit"), CheckpointKeys.none(), false).verify(List.of());
        assertThat(report.journal().isWhole()).isTrue();
        assertThat(report.checkpoints()).isZero();
    }

    private CheckpointReport verify() throws IOException {
        return new CheckpointVerifier(folder.resolve("audit"), CheckpointKeys.inFolder(folder.resolve("keys")), true)
                .verify(List.of());
    }

    private GuardHome open() {
        return GuardHome.open(GuardHome.Settings.under(folder, Set.of()), InstantSource.system());
    }
}
