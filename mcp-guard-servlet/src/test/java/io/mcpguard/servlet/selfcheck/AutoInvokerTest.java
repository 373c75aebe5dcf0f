package io.mcpguard.servlet.selfcheck;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestService;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AutoInvokerTest {

    @Test
    void re_entry_is_used_once_it_has_been_found_equal_and_no_handler_ran_for_that() {
        try (TestService service = TestService.start(settings -> settings.mounted(mount -> mount))) {
            service.mount.check("http", "127.0.0.1", service.port());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(service.mount.invokerName())
                            .as(service.mount.invokerStanding())
                            .isEqualTo("re-entry"));

            assertThat(service.served()).isEmpty();
            assertThat(service.trail.events()).isEmpty();
            assertThat(service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}")
                            .body())
                    .contains("robot");
        }
    }

    @Test
    void a_server_that_maps_nothing_to_an_unknown_path_is_checked_by_its_operations() {
        try (TestService service = TestService.start(
                settings -> settings.mounted(mount -> mount).with(context -> context.without("default")))) {
            service.mount.check("http", "127.0.0.1", service.port());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(service.mount.invokerName())
                            .as(service.mount.invokerStanding())
                            .isEqualTo("re-entry"));
            // The container's own 404 has an error page.
            assertThat(service.served()).containsOnly("error");
        }
    }

    @Test
    void the_first_call_starts_the_check_and_does_not_wait_for_it() {
        try (TestService service = TestService.start(settings -> settings.mounted(mount -> mount))) {
            assertThat(service.mount.invokerName()).isEqualTo("loopback");

            assertThat(service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}")
                            .body())
                    .contains("robot");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(service.mount.invokerName())
                            .as(service.mount.invokerStanding())
                            .isEqualTo("re-entry"));
        }
    }

    @Test
    void a_service_that_tells_the_two_apart_stays_on_loopback() {
        // Stands for whatever looks at the connection itself: here it answers by the class of the socket underneath.
        Filter partial = (request, response, chain) -> {
            if (request.getServletConnection().getConnectionId().length() > 20) {
                ((jakarta.servlet.http.HttpServletResponse) response).sendError(403);
            } else {
                chain.doFilter(request, response);
            }
        };
        try (TestService service = TestService.start(settings ->
                settings.mounted(mount -> mount).with(context -> context.filterFirst("partial", "/*", partial)))) {
            service.mount.check("http", "127.0.0.1", service.port());

            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .untilAsserted(() -> assertThat(service.mount.invokerName()).isEqualTo("loopback"));
            assertThat(service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}")
                            .body())
                    .contains("robot");
        }
    }

    @Test
    void the_check_runs_again_when_it_is_asked_to() {
        AtomicBoolean partial = new AtomicBoolean();
        Filter changing = (request, response, chain) -> {
            boolean wire = request.getServletConnection().getConnectionId().length() <= 20;
            if (partial.get() && !wire) {
                ((jakarta.servlet.http.HttpServletResponse) response).sendError(403);
            } else {
                chain.doFilter(request, response);
            }
        };
        try (TestService service = TestService.start(settings ->
                settings.mounted(mount -> mount).with(context -> context.filterFirst("changing", "/*", changing)))) {
            service.mount.recheck();
            assertThat(service.mount.invokerStanding()).isEqualTo("not checked yet");
            service.mount.check("http", "127.0.0.1", service.port());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(service.mount.invokerName()).isEqualTo("re-entry"));

            partial.set(true);
            service.mount.recheck();

            assertThat(service.mount.invokerName()).isEqualTo("loopback");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(service.mount.invokerStanding()).startsWith("for GET /api/"));
            assertThat(service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}")
                            .body())
                    .contains("robot");
        }
    }

    @Test
    void loopback_can_be_chosen() {
        try (TestService service =
                TestService.start(settings -> settings.mounted(mount -> mount.invoker(InvokerChoice.LOOPBACK)))) {
            service.mount.check("http", "127.0.0.1", service.port());

            assertThat(service.mount.invokerName()).isEqualTo("loopback");
        }
    }
}
