package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.profile.ToolMode;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class McpGuardPropertiesTest {

    private static McpGuardProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("mcp.guard", Bindable.of(McpGuardProperties.class));
    }

    @Test
    void needs_nothing_to_be_set() {
        McpGuardProperties properties = bound(Map.of());

        assertThat(properties.enabled()).isTrue();
        assertThat(properties.path()).isEqualTo("/mcp");
        assertThat(properties.profilesFile()).isEqualTo(Path.of("./mcp-guard/profiles.yaml"));
        assertThat(properties.keyFolder().normalize()).isEqualTo(Path.of("mcp-guard/keys"));
        assertThat(properties.auditFolder().normalize()).isEqualTo(Path.of("mcp-guard/audit"));
        assertThat(properties.allowedRoles()).isEmpty();
        assertThat(properties.allowTestKeys()).isFalse();
        assertThat(properties.tools()).isEqualTo(ToolMode.FIXED);
    }

    @Test
    void tools_are_fixed_or_direct_and_nothing_else() {
        assertThat(bound(Map.of("mcp.guard.tools", "direct")).tools()).isEqualTo(ToolMode.DIRECT);
        assertThatThrownBy(() -> bound(Map.of("mcp.guard.tools", "all"))).hasMessageContaining("mcp.guard.tools");
    }

    @Test
    void places_can_be_set_one_by_one() {
        McpGuardProperties properties =
                bound(Map.of("mcp.guard.home", "/srv/guard", "mcp.guard.audit.folder", "/var/audit"));

        assertThat(properties.keyFolder()).isEqualTo(Path.of("/srv/guard/keys"));
        assertThat(properties.auditFolder()).isEqualTo(Path.of("/var/audit"));
    }

    @Test
    void rules_for_audit_values_are_read_in_their_order() {
        McpGuardProperties properties = bound(Map.of(
                "mcp.guard.audit.tenant", "emea",
                "mcp.guard.audit.values[0].operation", "getOrder",
                "mcp.guard.audit.values[0].pointer", "/path/orderId",
                "mcp.guard.audit.values[0].keep", "hmac",
                "mcp.guard.audit.values[0].correlate", "order-id",
                "mcp.guard.audit.values[1].pointer", "/query/status",
                "mcp.guard.audit.values[1].keep", "clear"));

        assertThat(properties.audit().policy().tenant()).isEqualTo("emea");
        assertThat(properties.audit().policy().rules())
                .extracting(ValueRule::toString)
                .containsExactly("getOrder /path/orderId HMAC as order-id", "* /query/status CLEAR");
        assertThat(bound(Map.of()).audit().policy()).isEqualTo(ValuePolicy.STANDARD);
    }

    @Test
    void a_rule_for_audit_values_that_is_none_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> bound(Map.of(
                        "mcp.guard.audit.values[0].pointer", "orderId", "mcp.guard.audit.values[0].keep", "clear")))
                .rootCause()
                .hasMessageContaining("mcp.guard.audit.values")
                .hasMessageContaining("'orderId' is no JSON Pointer of an argument");
        assertThatThrownBy(() -> bound(Map.of("mcp.guard.audit.values[0].keep", "clear")))
                .rootCause()
                .hasMessageContaining("needs a pointer");
        assertThatThrownBy(() -> bound(Map.of(
                        "mcp.guard.audit.values[0].pointer", "/path/orderId",
                        "mcp.guard.audit.values[0].keep", "clear",
                        "mcp.guard.audit.values[0].correlate", "order-id")))
                .rootCause()
                .hasMessageContaining("only hashes correlate");
    }

    @Test
    void names_every_mistake_at_once() {
        assertThatThrownBy(() -> bound(Map.of(
                        "mcp.guard.path", "mcp",
                        "mcp.guard.call-timeout", "0s",
                        "mcp.guard.max-request-bytes", "3GB",
                        "mcp.guard.allowed-origins", "*",
                        "mcp.guard.limits.refusals-per-minute", "0")))
                .rootCause()
                .hasMessageContaining("mcp.guard.path must be a plain path such as /mcp, not 'mcp'")
                .hasMessageContaining("mcp.guard.call-timeout must be longer than nothing")
                .hasMessageContaining("mcp.guard.max-request-bytes")
                .hasMessageContaining("mcp.guard.allowed-origins must list origins such as https://app.example.com")
                .hasMessageContaining("mcp.guard.limits");
    }

    @Test
    void every_property_is_described_for_editors() throws Exception {
        try (InputStream metadata =
                McpGuardProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode properties = JsonMapper.shared().readTree(metadata).path("properties");

            assertThat(properties.size()).isGreaterThanOrEqualTo(18);
            assertThat(properties)
                    .allSatisfy(
                            property -> assertThat(property.path("description").asString(""))
                                    .as(property.path("name").asString())
                                    .isNotBlank());
        }
    }
}
