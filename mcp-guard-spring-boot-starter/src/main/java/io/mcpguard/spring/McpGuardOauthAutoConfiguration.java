package io.mcpguard.spring;

import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.oauth.ClaimMapping;
import io.mcpguard.oauth.IntrospectionVerifier;
import io.mcpguard.oauth.JwtVerifier;
import io.mcpguard.oauth.TokenPolicy;
import io.mcpguard.spring.OauthProperties.Dpop;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.ReplayStore;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * The service as a resource server: what clients without a token are told, and, where the service does not check tokens itself, the
 * guard's own check. A bean of type {@link ReplayStore} takes the place of the one for a single node.
 *
 * @since 0.1
 */
@AutoConfiguration(
        before = McpGuardAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "mcp.guard", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(OauthProperties.class)
public final class McpGuardOauthAutoConfiguration {

    /** For the container. */
    public McpGuardOauthAutoConfiguration() {}

    @Bean
    @ConditionalOnProperty("mcp.guard.oauth.issuer")
    @ConditionalOnMissingBean
    ProtectedResource mcpGuardProtectedResource(
            OauthProperties oauth, McpGuardProperties properties, Environment environment) {
        URI resource = resourceOf(oauth);
        ProtectedResource.Builder builder = ProtectedResource.builder(
                        resource, List.of(Objects.requireNonNull(oauth.issuer(), "mcp.guard.oauth.issuer")))
                .scopes(oauth.scopes())
                .dpop(oauth.dpop() == Dpop.REQUIRED);
        String name = properties.serviceName();
        builder.name(
                name == null || name.isBlank() ? environment.getProperty("spring.application.name", "service") : name);
        URI metadata = oauth.metadataUrl();
        return metadata == null ? builder.build() : builder.metadata(metadata).build();
    }

    /** The public address in front of the service's paths is what is left of the resource without the path of the endpoint. */
    @Bean
    @ConditionalOnProperty("mcp.guard.oauth.issuer")
    @ConditionalOnMissingBean
    Frontage mcpGuardFrontage(
            OauthProperties oauth, McpGuardProperties properties, ObjectProvider<ServletContext> servletContext) {
        String resource = resourceOf(oauth).toString();
        ServletContext context = servletContext.getIfAvailable();
        String path = (context == null || context.getContextPath() == null ? "" : context.getContextPath())
                + properties.path();
        if (!resource.endsWith(path)) {
            throw new ConfigurationException(
                    "mcp.guard.oauth.resource",
                    resource + " does not end with " + path
                            + ", the path of the MCP endpoint, so that no proof of a client could be"
                            + " checked; set it to the address that clients use, or define a bean of type Frontage");
        }
        return new Frontage(
                Optional.of(URI.create(resource.substring(0, resource.length() - path.length()))), Optional.empty());
    }

    private static URI resourceOf(OauthProperties oauth) {
        URI resource = oauth.resource();
        if (resource == null) {
            throw new ConfigurationException("mcp.guard.oauth", oauth.problems());
        }
        return resource;
    }

    /** The guard checks tokens. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("mcp.guard.oauth.issuer")
    @Conditional(GuardChecksTokens.class)
    @ConditionalOnClass(JwtVerifier.class)
    static final class Checked {

        @Bean
        @ConditionalOnMissingBean
        TokenPolicy mcpGuardTokenPolicy(OauthProperties oauth, ObjectProvider<ReplayStore> replays) {
            URI resource = resourceOf(oauth);
            ClaimMapping.Builder claims = ClaimMapping.builder()
                    .principal(oauth.claims().principal())
                    .keep(oauth.claims().keep());
            String roles = oauth.claims().roles();
            TokenPolicy.Builder policy = TokenPolicy.builder(
                            Objects.requireNonNull(oauth.issuer(), "mcp.guard.oauth.issuer"),
                            oauth.audience().isEmpty() ? Set.of(resource.toString()) : oauth.audience())
                    .claims(roles == null ? claims.build() : claims.roles(roles).build())
                    .bindingRequired(oauth.dpop() == Dpop.REQUIRED);
            replays.ifAvailable(policy::replays);
            return policy.build();
        }

        @Bean
        @ConditionalOnMissingBean
        JwtVerifier mcpGuardJwtVerifier(TokenPolicy policy, OauthProperties oauth) {
            JwtVerifier.Builder builder =
                    JwtVerifier.builder(policy).algorithms(oauth.algorithms()).types(oauth.tokenTypes());
            URI keys = oauth.jwksUri();
            return keys == null ? builder.build() : builder.keys(keys).build();
        }

        /** Asked before signed tokens are checked, where it is to be asked about those too. */
        @Bean
        @Order(0)
        @ConditionalOnProperty("mcp.guard.oauth.introspection.uri")
        @ConditionalOnMissingBean
        IntrospectionVerifier mcpGuardIntrospection(TokenPolicy policy, OauthProperties oauth) {
            OauthProperties.Introspection asked = oauth.introspection();
            return IntrospectionVerifier.builder(
                            policy,
                            Objects.requireNonNull(asked.uri(), "mcp.guard.oauth.introspection.uri"),
                            asked.clientId(),
                            asked.clientSecret())
                    .signedToo(asked.signedToo())
                    .build();
        }
    }

    /** The guard should check tokens and cannot. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("mcp.guard.oauth.issuer")
    @Conditional(GuardChecksTokens.class)
    @ConditionalOnMissingClass("io.mcpguard.oauth.JwtVerifier")
    static final class Unchecked {

        @Bean
        CredentialVerifier mcpGuardNoTokenVerifier() {
            // Put like this because a bean method that throws looks like a mistake.
            return Optional.<CredentialVerifier>empty()
                    .orElseThrow(
                            () -> new ConfigurationException(
                                    "mcp.guard.oauth",
                                    "nothing in this service checks tokens: add io.mcpguard:mcp-guard-oauth, or a resource server of Spring"
                                            + " Security, or set mcp.guard.oauth.checked-by=service when a filter of your own does"));
        }
    }
}
