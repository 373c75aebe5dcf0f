package io.mcpguard.core.sink.http;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of sinks against one service over TLS. */
abstract class HttpSinkContract extends AuditSinkContract {

    private final TestCertificate certificate = TestCertificate.ofLocalhost();

    private LogService service;

    abstract LogService newService(TestCertificate with);

    abstract HttpTemplate template();

    @BeforeEach
    void start() {
        service = newService(certificate);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpSink.Builder sink(int port) {
        return HttpSink.builder(URI.create("https://localhost:" + port), template(), new JournalJsonFormat())
                .trusting(certificate.pem());
    }

    @Override
    protected AuditSink newSink() {
        return sink(service.port()).build();
    }

    @Override
    protected List<AuditEvent> kept() {
        return service.events();
    }

    @Override
    protected AuditSink failingSink() {
        service.trouble(LogService.Trouble.FAILS);
        return newSink();
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        service.trouble(LogService.Trouble.HANGS);
        return Optional.of(sink(service.port()).timeout(Duration.ofMillis(600)).build());
    }
}
