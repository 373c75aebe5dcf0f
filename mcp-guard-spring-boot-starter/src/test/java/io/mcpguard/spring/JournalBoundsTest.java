package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.audit.Retention;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.spring.mvc.McpGuardMvcAutoConfiguration;
import io.mcpguard.spring.security.McpGuardSecurityAutoConfiguration;
import io.mcpguard.spring.service.GuardFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    @Test
    void refusals_that_repeat_one_share_a_record_where_the_service_chose_so() {
        assertThat(recordsOf50Refusals(runner, home.resolve("audit")))
                .hasSize(50)
                .allMatch(record -> record.verdict().count() == 1);

        List<AuditEvent> shared = recordsOf50Refusals(
                runner.withPropertyValues(
                        "mcp.guard.audit.denials=per-second", "mcp.guard.audit.folder=" + home.resolve("shared")),
                home.resolve("shared"));
        assertThat(shared).hasSizeLessThan(10);
        assertThat(shared.stream().mapToLong(record -> record.verdict().count()).sum())
                .isEqualTo(50);
    }

    private List<AuditEvent> recordsOf50Refusals(WebApplicationContextRunner service, Path folder) {
        service.run(context -> {
            for (int i = 0; i < 50; i++) {
                context.getBean(McpGuard.class).guard().identify(facts(), AuthContext.none());
            }
        });
        try (Stream<AuditEvent> events = new JournalReader(folder, damage -> fail(damage)).events()) {
            return events.filter(event -> event.stage() == Stage.DENIED).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestFacts facts() {
        return new RequestFacts(
                Channel.MCP,
                "tools/list",
                AuditTarget.unknown(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AuditSource.of("192.0.2.7", 4711),
                Instant.now());
    }
}
