package io.mcpguard.servlet.contract;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.UndertowServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An Undertow that is stopped and started on the same port, whose threads before are gone. */
class UndertowRestartTest {

    private final UndertowServer undertow = new UndertowServer();

    @Test
    void a_server_that_was_started_again_is_re_entered_by_its_new_threads() {
        try (TestService service =
                TestService.start(settings -> settings.on(undertow).mounted(mount -> mount))) {
            reEnters(service);

            undertow.restart(service.mount::restarting);

            assertThat(service.mount.invokerStanding()).isEqualTo("not checked yet");
            reEnters(service);
        }
    }

    private static void reEnters(TestService service) {
        service.mount.check("http", "127.0.0.1", service.port());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.mount.invokerName())
                        .as(service.mount.invokerStanding())
                        .isEqualTo("re-entry"));
        assertThat(service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}")
                        .body())
                .contains("robot");
    }
}
