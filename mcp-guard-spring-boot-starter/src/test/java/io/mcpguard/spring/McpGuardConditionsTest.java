package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.core.profile.MemoryProfileStore;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.KeySource;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.spring.actuate.McpGuardActuatorAutoConfiguration;
import io.mcpguard.spring.actuate.McpGuardEndpoint;
import io.mcpguard.spring.mvc.McpGuardMvcAutoConfiguration;
import io.mcpguard.spring.mvc.MvcOperationSource;
import io.mcpguard.spring.security.McpGuardSecurityAutoConfiguration;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** When the guard is there, and what of a service's own takes the place of its parts. */
class McpGuardConditionsTest {

    private static final AutoConfigurations OURS = AutoConfigurations.of(
            McpGuardAutoConfiguration.class,
            McpGuardReactiveAutoConfiguration.class,
            McpGuardServerAutoConfiguration.class,
            McpGuardMvcAutoConfiguration.class,
            McpGuardSecurityAutoConfiguration.class,
            McpGuardActuatorAutoConfiguration.class);

    @TempDir
    private Path home;

    private WebApplicationContextRunner runner = new WebApplicationContextRunner();

    @BeforeEach
    void init() {
        runner = runner.withConfiguration(OURS)
                .withPropertyValues(
                        "mcp.guard.home=" + new GuardFolder(home).home(), "mcp.guard.allowed-roles=READER,WRITER");
    }

    @Test
    void is_there_in_a_servlet_service() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(McpGuard.class)
                .hasSingleBean(GuardMount.class)
                .hasSingleBean(ApiKeyVerifier.class)
                .hasSingleBean(MvcOperationSource.class));
    }

    @Test
    void is_not_there_when_it_is_switched_off() {
        runner.withPropertyValues("mcp.guard.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(McpGuard.class).doesNotHaveBean(GuardMount.class));
    }

    @Test
    void is_not_there_without_a_server() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(McpGuard.class));
    }

    @Test
    void refuses_a_reactive_service_with_a_sentence() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(OURS)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("mcp.guard.enabled=false"));
    }

    @Test
    void starts_without_spring_mvc_and_without_any_class_of_it() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(McpGuard.class)
                        .doesNotHaveBean("mcpGuardMvcOperations"));
    }

    @Test
    void starts_without_spring_security_and_without_actuator() {
        runner.withClassLoader(
                        new FilteredClassLoader("org.springframework.security", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(McpGuard.class)
                        .doesNotHaveBean(HostSecurity.class)
                        .doesNotHaveBean(McpGuardEndpoint.class));
    }

    @Test
    void parts_of_the_service_s_own_take_the_place_of_ours() {
        MemoryProfileStore profiles = new MemoryProfileStore();
        AuditTrail trail = event -> {};
        KeySource keys = new MemoryKeySource();
        CredentialVerifier verifier = (credential, presentation) -> new Verification.NotMine();

        runner.withBean(ProfileStore.class, () -> profiles)
                .withBean(AuditTrail.class, () -> trail)
                .withBean(KeySource.class, () -> keys)
                .withBean(CredentialVerifier.class, () -> verifier)
                .withPropertyValues("mcp.guard.home=/nowhere")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(ApiKeyVerifier.class);
                    assertThat(context.getBean(McpGuard.class).profiles()).isSameAs(profiles);
                    assertThat(context.getBean(McpGuard.class).trail()).isSameAs(trail);
                });
    }

    @Test
    void refuses_to_start_when_nobody_could_be_authenticated() {
        runner.withBean(ProfileStore.class, MemoryProfileStore::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("nobody could be authenticated"));
    }

    @Test
    void an_auth_context_of_the_service_s_own_is_an_authenticator() {
        runner.withBean(ProfileStore.class, MemoryProfileStore::new)
                .withBean(AuthContext.class, AuthContext::none)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HostSecurity.class));
    }
}
