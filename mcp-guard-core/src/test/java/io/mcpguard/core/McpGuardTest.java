package io.mcpguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.profile.MemoryProfileStore;
import io.mcpguard.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class McpGuardTest {

    private final McpGuard.Builder builder = McpGuard.builder("orders", new MemoryProfileStore(), event -> {})
            .operations(() -> List.of(new ProductOperations(Published.ORDERS, List.of(Published.getOrder()))));

    @Test
    void a_guard_that_could_authenticate_nobody_is_not_built() {
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mcp-guard init");
    }

    @Test
    void the_services_own_security_is_an_authenticator() {
        try (McpGuard guard = builder.hostAuthenticates(true).build()) {
            assertThat(guard.catalog().find("getOrder")).isPresent();
        }
    }

    @Test
    void operations_of_several_sources_make_one_catalog_and_clashes_are_refused() {
        builder.hostAuthenticates(true)
                .operations(() -> List.of(new ProductOperations(Published.ORDERS, List.of(Published.getOrder()))));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("getOrder is used twice");
    }
}
