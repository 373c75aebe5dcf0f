package io.mcpguard.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.TomcatServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsLoopbackTest {

    @TempDir
    private Path folder;

    @Test
    void the_services_own_certificate_is_trusted_on_its_own_port() throws IOException, InterruptedException {
        try (TestService service = TestService.start();
                LoopbackInvoker loopback = new LoopbackInvoker(service.calls, 8)) {
            Connector tls = tls(service);

            for (int i = 0; i < 3; i++) {
                assertThat(facts(loopback, tls.getLocalPort()))
                        .contains("scheme=https secure=true", "remote=127.0.0.2:4711", "user=alice");
            }
            ReentryInvoker reentry = new ReentryInvoker(service.calls, service.reentry(), 2, 8);
            assertThat(facts(reentry, tls.getLocalPort())).isEqualTo(facts(loopback, tls.getLocalPort()));
            reentry.close();
        }
    }

    @Test
    void a_plain_port_behind_a_proxy_that_ends_tls_is_called_plainly() {
        try (TestService service = TestService.start();
                LoopbackInvoker loopback = new LoopbackInvoker(service.calls, 8)) {
            assertThat(facts(loopback, service.port())).contains("scheme=https secure=true", "user=alice");
        }
    }

    private static String facts(OperationInvoker invoker, int port) {
        CallOrigin origin =
                new CallOrigin("127.0.0.2", 4711, "https", true, "api.example.com", 443, "127.0.0.1", port, List.of());
        OperationResult result = invoker.invoke(OperationCall.builder(UUID.randomUUID(), "GET", "/api/facts", origin)
                        .header("Authorization", "Bearer alice")
                        .build())
                .toCompletableFuture()
                .join();
        return new String(result.body(), StandardCharsets.UTF_8);
    }

    private Connector tls(TestService service) throws IOException, InterruptedException {
        Path store = folder.resolve("server.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=api.example.com",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "of-this-test-only")
                .start()
                .waitFor();
        assertThat(made).isZero();
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(store.toString());
        certificate.setCertificateKeystorePassword("of-this-test-only");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        ((TomcatServer) service.container).connector().getService().addConnector(connector);
        return connector;
    }
}
