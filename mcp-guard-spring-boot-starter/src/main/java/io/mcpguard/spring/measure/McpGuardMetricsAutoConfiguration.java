package io.mcpguard.spring.measure;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.spring.McpGuardAutoConfiguration;
import io.mcpguard.spring.TrailObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Measures the guard in a service with Micrometer.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = McpGuardAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
public final class McpGuardMetricsAutoConfiguration {

    /** For the container. */
    public McpGuardMetricsAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    @ConditionalOnBean(MeterRegistry.class)
    static final class Meters {

        @Bean
        TrailObserver mcpGuardCallMeters(MeterRegistry registry) {
            return new CallMeters(registry);
        }

        @Bean
        @ConditionalOnBean(Journal.class)
        MeterBinder mcpGuardJournalMeters(
                Journal journal, Optional<SinkFeeder> sinks, Optional<Checkpoints> checkpoints) {
            return new JournalMeters(journal, sinks, checkpoints, InstantSource.system());
        }
    }
}
