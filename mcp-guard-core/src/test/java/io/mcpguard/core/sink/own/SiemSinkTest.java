package io.mcpguard.core.sink.own;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The test that docs/audit-sink.md shows. */
class SiemSinkTest extends AuditSinkContract {

    private final Siem siem = new Siem();

    @AfterEach
    void stop() {
        siem.close();
    }

    @Override
    protected AuditSink newSink() {
        return new SiemSink(siem.address(), new JournalJsonFormat());
    }

    @Override
    protected List<AuditEvent> kept() {
        return siem.kept();
    }

    @Override
    protected AuditSink failingSink() {
        siem.failing(true);
        return newSink();
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        siem.hanging(true);
        return Optional.of(newSink());
    }
}
