package io.mcpguard.spring.actuate;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.spring.GuardStart;
import io.mcpguard.spring.McpGuardServerAutoConfiguration;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the actuator endpoint {@code mcpguard} to a service with actuator.
 *
 * @since 0.1
 */
@AutoConfiguration(after = McpGuardServerAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
        })
@ConditionalOnBean(GuardMount.class)
public final class McpGuardActuatorAutoConfiguration {

    /** For the container. */
    public McpGuardActuatorAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static final class Endpoints {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(endpoint = McpGuardEndpoint.class)
        McpGuardEndpoint mcpGuardEndpoint(McpGuard guard, GuardMount mount, GuardStart start, TrailStanding trail) {
            return new McpGuardEndpoint(guard, mount, start, trail);
        }
    }

    @Bean
    TrailStanding mcpGuardTrailStanding(
            Optional<Journal> journal, Optional<SinkFeeder> sinks, Optional<Checkpoints> checkpoints) {
        return new TrailStanding(journal, sinks, checkpoints);
    }
}
