package io.mcpguard.servlet.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.InnerExchange;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestContainer.ClientCertificates;
import io.mcpguard.servlet.testbed.TestKeys;
import io.mcpguard.servlet.testbed.TestService;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a container that could be re-entered is not. */
class SelfCheckTest {

    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicReference<@Nullable AutoInvoker> made = new AtomicReference<>();
    private TestService service;

    @BeforeEach
    void start() {
        Filter arriving = (request, response, chain) -> {
            AutoInvoker told = made.get();
            if (told != null) {
                told.arrived((HttpServletRequest) request);
            }
            chain.doFilter(request, response);
        };
        service = TestService.start(
                settings -> settings.with(context -> context.filterFirst("arriving", "/*", arriving)));
    }

    @AfterEach
    void stop() {
        invoker().close();
        service.close();
    }

    private AutoInvoker invoker() {
        return Objects.requireNonNull(made.get());
    }

    /** The container itself, but for what a test says of it. */
    private class Same implements Container {
        private final Container container = service.reentry();

        @Override
        public Optional<Entrance> at(int localPort) {
            return container.at(localPort).map(this::counting);
        }

        private Entrance counting(Entrance entrance) {
            return new Entrance() {
                @Override
                public Runnable enter(InnerExchange exchange) {
                    entered.incrementAndGet();
                    return entrance.enter(exchange);
                }

                @Override
                public OptionalLong served() {
                    return counted(entrance.served());
                }
            };
        }

        OptionalLong counted(OptionalLong served) {
            return served;
        }
    }

    private void prepare(Container container) {
        prepare(container, new LoopbackInvoker(service.calls, 8));
    }

    private void prepare(Container container, OperationInvoker loopback) {
        SelfCheck check = new SelfCheck(
                service.calls,
                loopback,
                (HttpServletRequest request) -> Optional.of(new ReentryInvoker(service.calls, container, 2, 8)),
                "",
                List.of("/api/items/0"));
        made.set(new AutoInvoker(loopback, check));
    }

    private void check(Container container) {
        prepare(container);
        checked();
    }

    private void checked() {
        CallOrigin origin = service.origin();
        invoker().check(origin.scheme(), origin.localAddress(), origin.localPort());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(invoker().standing()).isNotEqualTo("being checked"));
    }

    private OperationResult call(CallOrigin origin) {
        return invoker()
                .invoke(OperationCall.builder(UUID.randomUUID(), "GET", "/api/items/7", origin)
                        .header("Authorization", "Bearer alice")
                        .build())
                .toCompletableFuture()
                .join();
    }

    private void callsGoOverLoopback() {
        int before = entered.get();

        OperationResult result = call(service.origin());

        assertThat(result.status()).isEqualTo(200);
        assertThat(new String(result.body(), StandardCharsets.UTF_8)).contains("alice");
        assertThat(entered).hasValue(before);
        assertThat(invoker().name()).isEqualTo("loopback");
    }

    @Test
    void a_container_that_differs_in_nothing_is_re_entered() {
        check(new Same());
        int before = entered.get();

        assertThat(invoker().standing()).isEqualTo("found equal");
        assertThat(call(service.origin()).status()).isEqualTo(200);
        assertThat(entered).hasValue(before + 1);
    }

    @Test
    void a_container_of_an_untested_version_is_not_entered_even_once() {
        check(new Same() {
            @Override
            public Optional<String> untested() {
                return Optional.of("re-entry is not tested on Tomcat 12.0.1");
            }
        });

        assertThat(invoker().standing()).isEqualTo("re-entry is not tested on Tomcat 12.0.1");
        assertThat(entered).hasValue(0);
        callsGoOverLoopback();
    }

    @Test
    void a_container_that_does_not_count_what_re_enters_it_stays_on_loopback() {
        check(new Same() {
            @Override
            OptionalLong counted(OptionalLong served) {
                return OptionalLong.of(served.orElseThrow() - entered.get());
            }
        });

        assertThat(invoker().standing())
                .isEqualTo("the container counts requests over loopback and not those by re-entry");
        callsGoOverLoopback();
    }

    @Test
    void a_container_that_counts_nothing_differs_in_nothing() {
        check(new Same() {
            @Override
            OptionalLong counted(OptionalLong served) {
                return OptionalLong.empty();
            }
        });

        assertThat(invoker().standing()).isEqualTo("found equal");
    }

    /** Loopback, of which some requests break off before they are sent. */
    private final class Breaking implements OperationInvoker {
        private final LoopbackInvoker loopback = new LoopbackInvoker(service.calls, 8);
        private final AtomicInteger sent = new AtomicInteger();
        private final IntPredicate breaks;

        Breaking(IntPredicate breaks) {
            this.breaks = breaks;
        }

        @Override
        public CompletionStage<OperationResult> invoke(OperationCall call) {
            return breaks.test(sent.incrementAndGet())
                    ? CompletableFuture.failedFuture(
                            InvocationException.unreachable("broke off", new SocketException("Connection reset")))
                    : loopback.invoke(call);
        }

        @Override
        public String name() {
            return loopback.name();
        }

        @Override
        public void close() {
            loopback.close();
        }
    }

    @Test
    void a_probe_whose_connection_was_just_closed_is_sent_again() {
        prepare(new Same(), new Breaking(number -> number % 2 == 1));

        checked();

        assertThat(invoker().standing()).isEqualTo("found equal");
    }

    @Test
    void a_probe_that_breaks_off_twice_leaves_calls_on_loopback() {
        Breaking loopback = new Breaking(number -> number == 4 || number == 5);
        prepare(new Same(), loopback);

        checked();

        assertThat(invoker().standing()).startsWith("a probe failed: ").contains("broke off");
        assertThat(loopback.sent).hasValue(5);
        callsGoOverLoopback();
    }

    @Test
    void what_was_found_is_forgotten_when_the_server_is_started_again() {
        check(new Same());
        assertThat(invoker().name()).isEqualTo("re-entry");

        invoker().restarting();

        assertThat(invoker().standing()).isEqualTo("not checked yet");
        assertThat(invoker().name()).isEqualTo("loopback");
        assertThat(call(service.origin()).status()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(invoker().name()).isEqualTo("re-entry"));
    }

    @Test
    void a_check_that_was_running_when_the_server_was_started_again_decides_nothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        prepare(new Same() {
            @Override
            public Optional<String> untested() {
                begun.incrementAndGet();
                awaited(release);
                return Optional.empty();
            }

            @Override
            OptionalLong counted(OptionalLong served) {
                ended.set(true);
                return OptionalLong.empty();
            }
        });
        CallOrigin origin = service.origin();
        invoker().check(origin.scheme(), origin.localAddress(), origin.localPort());
        Awaitility.await().untilAsserted(() -> assertThat(begun).hasValueGreaterThan(0));

        invoker().restarting();
        release.countDown();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ended).isTrue());
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(invoker().standing()).isEqualTo("not checked yet"));
        assertThat(invoker().name()).isEqualTo("loopback");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_port_closed_to_loopback_is_refused_on_an_untested_version(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.in(folder);
        int port = service.container.addTls(keys, ClientCertificates.NEEDED);
        CallOrigin origin = new CallOrigin(
                "127.0.0.2",
                4711,
                "https",
                true,
                "api.example.com",
                port,
                "127.0.0.1",
                port,
                List.of(keys.clientCertificate()));
        prepare(new Same() {
            @Override
            public Optional<String> untested() {
                return Optional.of("re-entry is not tested on Tomcat 12.0.1");
            }
        });
        keys.httpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/api/items/7"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThatThrownBy(() -> call(origin))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        InvocationException.class,
                        failure -> assertThat(failure.code()).isEqualTo("operation-unreachable"));
        assertThat(invoker().standing())
                .contains(
                        "port " + port + " takes no connection without a client certificate",
                        "re-entry is not tested on Tomcat 12.0.1",
                        "offer the endpoint at another port");
        assertThat(entered).hasValue(0);
        assertThat(service.served()).doesNotContain("items");
    }
}
