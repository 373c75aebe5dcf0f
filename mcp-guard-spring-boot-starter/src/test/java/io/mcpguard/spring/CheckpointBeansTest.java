package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.checkpoint.CheckpointKeys;
import io.mcpguard.core.checkpoint.CheckpointReport;
import io.mcpguard.core.checkpoint.CheckpointVerifier;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.spring.mvc.McpGuardMvcAutoConfiguration;
import io.mcpguard.spring.security.McpGuardSecurityAutoConfiguration;
import io.mcpguard.spring.service.GuardFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Checkpoints of a Spring service's journal. */
class CheckpointBeansTest {

    @TempDir
    private Path home;

    private WebApplicationContextRunner runner = new WebApplicationContextRunner();

    @BeforeEach
    void init() {
        runner = runner.withConfiguration(AutoConfigurations.of(
                        McpGuardAutoConfiguration.class,
                        McpGuardServerAutoConfiguration.class,
                        McpGuardMvcAutoConfiguration.class,
                        McpGuardSecurityAutoConfiguration.class))
                .withPropertyValues(
                        "mcp.guard.home=" + new GuardFolder(home).home(),
                        "mcp.guard.allowed-roles=READER,WRITER",
                        "mcp.guard.service-name=notes",
                        "mcp.guard.audit.node-name=node-9");
        FileKeySource.createSigning(home.resolve("keys"), new SecureRandom());
    }

    @Test
    void a_stop_signs_the_last_record() throws IOException {
        runner.run(
                context -> assertThat(context).hasSingleBean(Checkpoints.class).hasSingleBean(McpGuard.class));

        CheckpointReport report = new CheckpointVerifier(
                        home.resolve("audit"), CheckpointKeys.inFolder(home.resolve("keys")), true)
                .verify(List.of());
        assertThat(report.journal().damages()).isEmpty();
        assertThat(report.verified()).isEqualTo(report.checkpoints()).isGreaterThanOrEqualTo(2);
        assertThat(report.recordsAfter()).isZero();
        assertThat(report.latest().orElseThrow().origin()).isEqualTo("mcp-guard/notes/node-9");
    }

    @Test
    void a_trail_of_the_service_s_own_has_none() {
        runner.withBean(AuditTrail.class, () -> event -> {})
                .run(context ->
                        assertThat(context).hasSingleBean(McpGuard.class).doesNotHaveBean(Checkpoints.class));
    }

    @Test
    void settings_that_make_no_sense_refuse_to_start() {
        runner.withPropertyValues("mcp.guard.audit.checkpoints.interval=0s", "mcp.guard.audit.checkpoints.records=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("mcp.guard.audit.checkpoints.interval must be longer than nothing")
                        .hasMessageContaining("mcp.guard.audit.checkpoints.records must be at least 1"));
    }
}
