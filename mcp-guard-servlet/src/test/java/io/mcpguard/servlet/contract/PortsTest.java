package io.mcpguard.servlet.contract;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.JettyEe11Server;
import io.mcpguard.servlet.testbed.TestContainer.ClientCertificates;
import io.mcpguard.servlet.testbed.TestKeys;
import io.mcpguard.servlet.testbed.TestService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several ports, TLS and client certificates: a call takes the port that its caller came by, in a way that works there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortsTest {

    private TestKeys keys;
    private HttpClient client;

    @BeforeAll
    void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.in(folder);
        client = keys.httpClient();
    }

    private static TestService start(Server server, InvokerChoice choice) {
        return TestService.start(settings -> settings.on(server.container()).mounted(mount -> mount.invoker(choice)));
    }

    private String call(TestService service, String base) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                service.executeRequest(URI.create(base), "Bearer " + KEY, "facts", ""),
                HttpResponse.BodyHandlers.ofString());
        return response.body();
    }

    @ParameterizedTest
    @EnumSource
    void a_call_arrives_at_the_port_that_its_caller_came_by(Server server) throws Exception {
        try (TestService service = start(server, InvokerChoice.AUTO)) {
            int tls = service.container.addTls(keys, ClientCertificates.NONE);
            service.mount.check("http", "127.0.0.1", service.port());
            service.mount.check("https", "127.0.0.1", tls);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(service.mount.invokerStanding()).isEqualTo("found equal"));

            assertThat(call(service, "https://127.0.0.1:" + tls))
                    .contains("scheme=https secure=true", "server=127.0.0.1:" + tls);
            assertThat(call(service, "http://127.0.0.1:" + service.port()))
                    .contains("scheme=http secure=false", "server=127.0.0.1:" + service.port());
            assertThat(service.mount.invokerName()).isEqualTo("re-entry");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_wants_a_certificate_gives_it_to_the_service_by_either_way(Server server) throws Exception {
        for (InvokerChoice choice : InvokerChoice.values()) {
            try (TestService service = start(server, choice)) {
                int tls = service.container.addTls(keys, ClientCertificates.WANTED);

                assertThat(call(service, "https://127.0.0.1:" + tls))
                        .as(choice.name())
                        .contains("certificates=1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_demands_a_certificate_is_re_entered_from_the_first_call_on(Server server) throws Exception {
        try (TestService service = start(server, InvokerChoice.AUTO)) {
            int tls = service.container.addTls(keys, ClientCertificates.NEEDED);
            service.mount.check("https", "127.0.0.1", tls);

            String answer = call(service, "https://127.0.0.1:" + tls);
            assertThat(answer).as(service.mount.invokerStanding()).contains("certificates=1");
            assertThat(service.mount.invokerStanding()).isEqualTo("found equal");
        }
    }

    @ParameterizedTest
    @EnumSource
    void where_neither_way_is_possible_calls_are_refused_and_the_reason_is_said(Server server) throws Exception {
        try (TestService service = start(server, InvokerChoice.LOOPBACK)) {
            int tls = service.container.addTls(keys, ClientCertificates.NEEDED);

            assertThat(call(service, "https://127.0.0.1:" + tls))
                    .contains("\"isError\":true")
                    .doesNotContain("certificates=");
            assertThat(service.served()).isEmpty();
            assertThat(service.mount.invokerStanding())
                    .contains("takes no connection without a client certificate", "offer the endpoint at another port");
        }
    }

    @Test
    void a_port_of_jetty_that_answers_for_one_host_alone_stays_on_loopback() throws Exception {
        JettyEe11Server jetty = new JettyEe11Server();
        try (TestService service =
                TestService.start(settings -> settings.on(jetty).mounted(mount -> mount))) {
            int tls = jetty.addTlsOfOneHost(keys);

            assertThat(call(service, "https://localhost:" + tls))
                    .as(service.mount.invokerStanding())
                    .contains("scheme=https secure=true", "server=localhost:" + tls, "user=robot");
            assertThat(service.mount.invokerStanding()).contains("over loopback and null by re-entry");
            assertThat(service.mount.invokerName()).isEqualTo("loopback");
        }
    }
}
