package io.mcpguard.spring;

import io.mcpguard.error.ConfigurationException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Refuses to start in a reactive service: the guard would stand beside it without guarding anything.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnProperty(prefix = "mcp.guard", name = "enabled", matchIfMissing = true)
@Lazy(false)
public final class McpGuardReactiveAutoConfiguration {

    /** For the container. */
    public McpGuardReactiveAutoConfiguration() {}

    @Bean
    InitializingBean mcpGuardReactiveRefusal() {
        return () -> {
            throw new ConfigurationException(
                    "this reactive service",
                    "mcp-guard works in servlet services; use Spring MVC, or take"
                            + " mcp-guard-spring-boot-starter out, or set mcp.guard.enabled=false");
        };
    }
}
