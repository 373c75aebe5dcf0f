package io.mcpguard.spring.security;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.spring.HostSecurity;
import io.mcpguard.spring.LateFilter;
import io.mcpguard.spring.McpGuardAutoConfiguration;
import io.mcpguard.spring.McpGuardProperties;
import io.mcpguard.spring.OauthProperties;
import io.mcpguard.spring.ServletPath;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Puts the guard into Spring Security and lets Spring Security tell the guard who calls.
 *
 * @since 0.1
 */
@AutoConfiguration(
        before = McpGuardAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "mcp.guard", name = "enabled", matchIfMissing = true)
@ConditionalOnClass(name = "org.springframework.security.web.SecurityFilterChain")
public final class McpGuardSecurityAutoConfiguration {

    /** For the container. */
    public McpGuardSecurityAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.web.SecurityFilterChain")
    @ConditionalOnBean(type = "org.springframework.security.web.SecurityFilterChain")
    static final class Chains {

        @Bean
        static GuardedFilterChains mcpGuardFilterChains(
                ObjectProvider<GuardMount> mount,
                ObjectProvider<SecurityContextHolderStrategy> holder,
                ObjectProvider<GrantedAuthorityDefaults> defaults) {
            return new GuardedFilterChains(
                    () -> new GuardAuthenticationFilter(strategy(holder), authorities(defaults)),
                    () -> new LateFilter(() -> mount.getObject().gateFilter()));
        }

        @Bean
        @ConditionalOnMissingBean({HostSecurity.class, AuthContext.class})
        HostSecurity mcpGuardSpringSecurity(
                ObjectProvider<SecurityContextHolderStrategy> holder,
                ObjectProvider<GrantedAuthorityDefaults> defaults,
                ObjectProvider<OauthProperties> oauth) {
            OauthProperties tokens = oauth.getIfAvailable();
            AuthContext context = new SpringAuthContext(
                    strategy(holder),
                    authorities(defaults),
                    tokens == null ? Set.of() : tokens.claims().keep());
            return request -> context;
        }

        @Bean
        BindingSpelling mcpGuardBindingSpelling(
                ObjectProvider<ProfileStore> profiles, ObjectProvider<GrantedAuthorityDefaults> defaults) {
            return new BindingSpelling(profiles, authorities(defaults));
        }

        @Bean
        UndecidedRules mcpGuardUndecidedRules(
                ObjectProvider<SecurityFilterChain> chains,
                ServletContext context,
                Environment environment,
                McpGuardProperties properties) {
            return new UndecidedRules(chains, context, ServletPath.of(environment), properties.path());
        }

        private static SecurityContextHolderStrategy strategy(ObjectProvider<SecurityContextHolderStrategy> holder) {
            return holder.getIfAvailable(SecurityContextHolder::getContextHolderStrategy);
        }

        private static GuardAuthorities authorities(ObjectProvider<GrantedAuthorityDefaults> defaults) {
            GrantedAuthorityDefaults changed = defaults.getIfAvailable();
            return new GuardAuthorities(changed == null ? "ROLE_" : changed.getRolePrefix());
        }
    }
}
