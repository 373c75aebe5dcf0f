package io.mcpguard.servlet.contract;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls at once on a few threads: every one is answered, and the service still serves everybody else. */
@Timeout(120)
abstract class StarvationContract {

    private static final int REQUEST_THREADS = 8;
    private static final int CALLS = 100;
    private static final Duration PATIENCE_OF_OTHERS = Duration.ofSeconds(2);

    private final Supplier<TestContainer> containers;

    StarvationContract(Supplier<TestContainer> containers) {
        this.containers = containers;
    }

    @Test
    void a_hundred_calls_over_loopback_on_eight_threads_are_answered() {
        try (TestService service = start(InvokerChoice.LOOPBACK)) {
            allAnswer(service);
        }
    }

    @Test
    void a_hundred_calls_by_re_entry_on_eight_threads_are_answered() {
        try (TestService service = start(InvokerChoice.AUTO)) {
            service.mount.check("http", "127.0.0.1", service.port());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(service.mount.invokerName())
                            .as(service.mount.invokerStanding())
                            .isEqualTo("re-entry"));

            allAnswer(service);
        }
    }

    private TestService start(InvokerChoice choice) {
        return TestService.start(settings ->
                settings.on(containers.get()).threads(REQUEST_THREADS).mounted(mount -> mount.invoker(choice)));
    }

    private static void allAnswer(TestService service) {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(service.executeLater("Bearer " + KEY, "slow", ""));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
        int others = 0;
        while (!all.isDone() || others == 0) {
            long begun = System.nanoTime();
            HttpResponse<String> other = service.send("GET", "/api/items/1", "Authorization", "Bearer alice");
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("an ordinary request meanwhile")
                    .isLessThan(PATIENCE_OF_OTHERS);
            others++;
        }

        assertThat(calls).allSatisfy(call -> {
            HttpResponse<String> answer = call.join();
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            } else {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("done");
            }
        });
        assertThat(calls)
                .anySatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    }
}
