package io.mcpguard.servlet.contract;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.VirtualThreads;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A container that serves each request on a virtual thread: the ways of a call are as good, and as fair, as on a pool. */
abstract class VirtualThreadContract extends StarvationContract {

    private final Supplier<TestContainer> containers;

    VirtualThreadContract(Supplier<TestContainer> containers) {
        super(() -> containers.get().onVirtualThreads());
        this.containers = containers;
    }

    /** Says on what kind of thread it runs. */
    private static final class Threads extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().print("virtual=" + VirtualThreads.isCurrent());
        }
    }

    @Test
    void calls_are_answered_by_either_way() {
        for (InvokerChoice choice : InvokerChoice.values()) {
            try (TestService service =
                    TestService.start(settings -> settings.on(containers.get().onVirtualThreads())
                            .mounted(mount -> mount.invoker(choice))
                            .with(context -> context.servlet("threads", "/api/nothing", new Threads())))) {
                String way = choice == InvokerChoice.AUTO ? "re-entry" : "loopback";
                service.mount.check("http", "127.0.0.1", service.port());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(service.mount.invokerName())
                                .as(service.mount.invokerStanding())
                                .isEqualTo(way));

                assertThat(service.send("GET", "/api/nothing", "Authorization", "Bearer alice")
                                .body())
                        .isEqualTo("virtual=true");
                // By re-entry the threads are the guard's own, which bound what is on its way.
                assertThat(service.execute("Bearer " + KEY, "nothing", "").body())
                        .contains(choice == InvokerChoice.LOOPBACK ? "virtual=true" : "virtual=");
                assertThat(service.execute("Bearer " + KEY, "facts", "").body())
                        .contains("user=robot", "remote=127.0.0.1", "thread-local=null");
            }
        }
    }
}
