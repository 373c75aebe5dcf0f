package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.oauth.IntrospectionVerifier;
import io.mcpguard.oauth.JwtVerifier;
import io.mcpguard.oauth.TokenPolicy;
import io.mcpguard.spring.service.GuardFolder;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class OauthConditionsTest {

    private static final JwtDecoder DECODER = token -> {
        throw new IllegalStateException("nobody sends a token here");
    };

    @TempDir
    private Path home;

    private WebApplicationContextRunner runner = new WebApplicationContextRunner();
    private WebApplicationContextRunner plain = runner;

    @BeforeEach
    void init() {
        plain = runner.withConfiguration(AutoConfigurations.of(
                        McpGuardOauthAutoConfiguration.class,
                        McpGuardAutoConfiguration.class,
                        McpGuardServerAutoConfiguration.class))
                .withPropertyValues(
                        "mcp.guard.home=" + new GuardFolder(home).home(), "mcp.guard.allowed-roles=READER,WRITER");
        runner = plain.withPropertyValues(
                "mcp.guard.oauth.issuer=https://login.example.com/realms/shop",
                "mcp.guard.oauth.resource=https://api.example.com/mcp");
    }

    private void refused(String problem, String... values) {
        runner.withPropertyValues(values)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(problem));
    }

    @Test
    void the_guard_checks_tokens_where_the_service_does_not() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(JwtVerifier.class).hasSingleBean(ApiKeyVerifier.class);
            assertThat(context).doesNotHaveBean(IntrospectionVerifier.class);
            assertThat(context.getBean(McpGuard.class).resource().orElseThrow().metadata())
                    .isEqualTo(URI.create("https://api.example.com/.well-known/oauth-protected-resource/mcp"));
            assertThat(context.getBean(Frontage.class).publicUrl()).contains(URI.create("https://api.example.com"));
        });
    }

    @Test
    void the_service_s_own_resource_server_goes_first_unless_told_otherwise() {
        runner.withBean(JwtDecoder.class, () -> DECODER)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ProtectedResource.class)
                        .doesNotHaveBean(TokenPolicy.class)
                        .doesNotHaveBean(JwtVerifier.class));
        runner.withBean(JwtDecoder.class, () -> DECODER)
                .withPropertyValues("mcp.guard.oauth.checked-by=guard")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(JwtVerifier.class));
    }

    @Test
    void without_an_issuer_there_is_nothing_of_it() {
        plain.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(ProtectedResource.class)
                .doesNotHaveBean(JwtVerifier.class));
    }

    @Test
    void what_would_let_the_wrong_tokens_in_is_refused_with_the_fix() {
        refused("use https", "mcp.guard.oauth.issuer=http://login.example.com");
        refused("mcp.guard.oauth.resource is not", "mcp.guard.oauth.resource=");
        refused("use https", "mcp.guard.oauth.resource=http://api.example.com/mcp");
        refused("does not end with /mcp", "mcp.guard.oauth.resource=https://api.example.com/ai");
        refused("choose among", "mcp.guard.oauth.algorithms=HS256");
        refused(
                "client secret",
                "mcp.guard.oauth.introspection.uri=https://login.example.com/introspect",
                "mcp.guard.oauth.introspection.client-id=orders");
        refused("leave it out of the scopes", "mcp.guard.oauth.scopes=mcp,offline_access");
    }

    @Test
    void without_the_module_that_checks_the_service_does_not_start() {
        runner.withClassLoader(new FilteredClassLoader("io.mcpguard.oauth"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("add io.mcpguard:mcp-guard-oauth"));
        runner.withClassLoader(new FilteredClassLoader("io.mcpguard.oauth"))
                .withPropertyValues("mcp.guard.oauth.checked-by=service")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ProtectedResource.class));
    }

    @Test
    void the_authorization_server_may_be_asked() {
        runner.withPropertyValues(
                        "mcp.guard.oauth.introspection.uri=https://login.example.com/introspect",
                        "mcp.guard.oauth.introspection.client-id=orders",
                        "mcp.guard.oauth.introspection.client-secret=s3cret")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(IntrospectionVerifier.class);
                    assertThat(context.getBean(OauthProperties.class).toString())
                            .doesNotContain("s3cret");
                });
    }
}
