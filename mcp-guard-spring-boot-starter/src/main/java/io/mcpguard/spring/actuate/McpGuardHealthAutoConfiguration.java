package io.mcpguard.spring.actuate;

import io.mcpguard.core.audit.Journal;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds {@code mcpGuard} to the health of a service: down while calls cannot be recorded, and so are refused. Switched off by
 * {@code management.health.mcp-guard.enabled=false}, like any other.
 *
 * @since 0.1
 */
@AutoConfiguration(after = McpGuardActuatorAutoConfiguration.class)
@ConditionalOnBean({Journal.class, TrailStanding.class})
@ConditionalOnProperty(name = "management.health.mcp-guard.enabled", matchIfMissing = true)
public final class McpGuardHealthAutoConfiguration {

    /** For the container. */
    public McpGuardHealthAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static final class Current {

        @Bean
        HealthIndicator mcpGuardHealthIndicator(TrailStanding trail) {
            return () -> trail.view()
                    .map(view -> (view.takesCalls() ? Health.up() : Health.down())
                            .withDetails(trail.details(view))
                            .build())
                    .orElseGet(() -> Health.unknown().build());
        }
    }

    /** Spring Boot 3 has the same types under other names, and no jar can be compiled against both. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = Boot3Health.INDICATOR)
    static final class Boot3 {

        @Bean
        static BeanDefinitionRegistryPostProcessor mcpGuardBoot3Health() {
            return new Boot3Health();
        }
    }
}
