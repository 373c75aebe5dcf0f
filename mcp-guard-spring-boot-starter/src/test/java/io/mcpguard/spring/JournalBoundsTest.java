package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.Retention;
import io.mcpguard.spring.mvc.McpGuardMvcAutoConfiguration;
import io.mcpguard.spring.security.McpGuardSecurityAutoConfiguration;
import io.mcpguard.spring.service.GuardFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** How large and how old a Spring service's journal becomes, and for whom its records wait. */
class JournalBoundsTest {

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
                        "mcp.guard.home=" + new GuardFolder(home).home(), "mcp.guard.allowed-roles=READER,WRITER");
    }

    @Test
    void without_a_setting_nothing_is_deleted() {
        runner.run(context -> assertThat(context).hasSingleBean(McpGuard.class).doesNotHaveBean(Retention.class));
    }

    @Test
    void a_retention_and_a_quota_are_settings() {
        runner.withPropertyValues("mcp.guard.audit.retention=90d", "mcp.guard.audit.quota=2GB")
                .run(context ->
                        assertThat(context).hasSingleBean(McpGuard.class).hasSingleBean(Retention.class));
    }

    @Test
    void a_quota_that_holds_too_little_and_a_retention_of_nothing_refuse_to_start() {
        runner.withPropertyValues("mcp.guard.audit.quota=1MB")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("a quota of 1048576 bytes is too small"));
        runner.withPropertyValues("mcp.guard.audit.retention=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("records are kept for a positive time"));
    }

    @Test
    void records_that_wait_for_a_sink_need_one() {
        WebApplicationContextRunner remote = runner.withPropertyValues("mcp.guard.audit.levels.mcp-intent=remote");

        remote.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("no sink says that it has a record"));
        remote.withBean(
                        "elsewhere",
                        AuditSink.class,
                        () -> batch -> assertThat(batch).isNotEmpty())
                .run(context -> assertThat(context).hasSingleBean(McpGuard.class));
    }
}
