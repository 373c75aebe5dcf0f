package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.Stage;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.ServerCertificate;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import jakarta.ws.rs.SeBootstrap.Configuration.SSLClientAuthentication;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that speaks TLS, with a certificate that no authority has issued and that does not name the address of the calls. */
@Tag("once")
@Tag("jersey")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsMountTest {

    private static final String KEY = "Bearer " + Guards.KEY;
    private static final Call GET = Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}");

    private ServerCertificate certificate;

    @BeforeAll
    void make(@TempDir Path folder) throws Exception {
        certificate = ServerCertificate.in(folder);
    }

    private static Consumer<JaxrsMount.Builder> settings(Servers kind) {
        return mount -> {
            if (kind == Servers.JDK) {
                mount.blocking();
            }
        };
    }

    private MountedShop start(Servers kind, SSLClientAuthentication asked, String ownScheme) {
        return new MountedShop(kind, certificate, asked, ownScheme, settings(kind));
    }

    @ParameterizedTest
    @EnumSource
    void calls_go_over_tls_and_show_the_service_a_secure_caller(Servers kind) {
        try (MountedShop service = start(kind, SSLClientAuthentication.NONE, "https")) {
            assertThat(service.wire.mcp(GET, KEY)).isEqualTo(service.wire.rest(GET, KEY));

            assertThat(service.shop.items.served).containsExactly("get 7", "get 7");
            assertThat(service.trail.stages())
                    .containsExactly(Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME);
            // The message, the call that it led to, and the request over REST.
            assertThat(service.origins.seen()).hasSize(3).allSatisfy(seen -> {
                assertThat(seen.secure()).isTrue();
                assertThat(seen.origin().scheme()).isEqualTo("https");
                assertThat(seen.origin().secure()).isTrue();
                assertThat(seen.origin().serverName()).isEqualTo("localhost");
                assertThat(seen.origin().serverPort()).isEqualTo(service.port);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_demands_a_certificate_is_found_at_the_start(Servers kind) {
        assertThatThrownBy(() -> start(kind, SSLClientAuthentication.MANDATORY, "https"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("its first filter is not reached at https://127.0.0.1:");
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_speaks_tls_where_the_mount_says_otherwise_is_found_at_the_start(Servers kind) {
        assertThatThrownBy(() -> start(kind, SSLClientAuthentication.NONE, "http"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("its first filter is not reached at http://127.0.0.1:");
    }
}
