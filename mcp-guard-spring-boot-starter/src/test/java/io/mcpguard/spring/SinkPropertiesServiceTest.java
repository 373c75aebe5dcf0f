package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.SinkStatus;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.spring.mvc.McpGuardMvcAutoConfiguration;
import io.mcpguard.spring.security.McpGuardSecurityAutoConfiguration;
import io.mcpguard.spring.service.GuardFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Sinks of properties and of beans in one service. */
class SinkPropertiesServiceTest {

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
    void a_service_that_names_no_sink_feeds_none() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SinkFeeder.class));
    }

    @Test
    void a_sink_of_the_properties_gets_the_records_of_the_journal() {
        Path file = home.resolve("audit.jsonl");
        runner.withPropertyValues(
                        "mcp.guard.audit.sinks.lines.type=file",
                        "mcp.guard.audit.sinks.lines.file=" + file,
                        "mcp.guard.audit.sinks.lines.format=ocsf")
                .run(context -> assertThat(context.getBean(SinkFeeder.class).status())
                        .extracting(SinkStatus::name)
                        .containsExactly("lines"));

        assertThat(file).content().contains("self.journal-started.notice").contains("\"class_uid\":6002");
    }

    @Test
    void beans_and_properties_go_together() {
        AuditSink bean = events -> {};
        runner.withBean("bean", AuditSink.class, () -> bean)
                .withPropertyValues("mcp.guard.audit.sinks.console.type=log")
                .run(context -> assertThat(context.getBean(SinkFeeder.class).status())
                        .extracting(SinkStatus::name)
                        .containsExactly("bean", "console"));
    }

    @Test
    void mistakes_refuse_to_start() {
        runner.withPropertyValues(
                        "mcp.guard.audit.sinks.siem.type=splunk",
                        "mcp.guard.audit.sinks.siem.token=s3cr3t-t0ken",
                        "mcp.guard.audit.sinks.other.type=log",
                        "mcp.guard.audit.sinks.other.index=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("mcp.guard.audit.sinks.siem.address is not set")
                        .hasMessageContaining("mcp.guard.audit.sinks.other.index is not for type log")
                        .hasMessageNotContaining("s3cr3t"));
    }
}
