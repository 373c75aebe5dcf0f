package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.testbed.Calls;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jersey on the HTTP server of the JDK, which cannot suspend a request. */
@Tag("jersey")
class JdkServerMountTest extends MountContract {

    @Override
    Servers kind() {
        return Servers.JDK;
    }

    @Override
    List<Call> calls() {
        return Calls.ALL.stream()
                .filter(call -> !List.of("later", "soon").contains(call.operation()))
                .toList();
    }

    @Override
    List<String> targets() {
        return List.of("/items/7", "/items/404", "/items/500", "/items/who");
    }

    @Test
    void it_does_not_start_unless_it_may_block() {
        assertThatThrownBy(() -> new MountedShop(Servers.JDK, mount -> {}))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("blocking()");
    }
}
