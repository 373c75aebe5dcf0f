package io.mcpguard.otel;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.OtelAttributes;
import io.mcpguard.otel.OtlpReceiver.Manner;
import io.mcpguard.testkit.FaultProxy;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OtelChaosTest extends AuditSinkChaosContract {

    private OtlpReceiver receiver;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        Quiet.exporters();
        receiver = new OtlpReceiver();
        proxy = FaultProxy.to(receiver.address());
    }

    @AfterEach
    void stop() {
        proxy.close();
        receiver.close();
    }

    @Override
    protected AuditSink newSink() {
        return OtelAuditSink.builder(SomeEvents.REPORTER, new OtelAttributes(SomeEvents.REPORTER))
                .longest(Duration.ofMillis(1_200))
                .http(OtlpHttpLogRecordExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + proxy.address().getPort() + "/v1/logs")
                        .setRetryPolicy(null));
    }

    @Override
    protected List<SinkFault> faults() {
        List<SinkFault> faults = new ArrayList<>(SinkFault.overTcp(proxy));
        for (int status : new int[] {429, 500, 503}) {
            faults.add(SinkFault.failing("it answers " + status, () -> receiver.fail(status), this::mend));
        }
        faults.add(manner("it accepts a batch and rejects a record of it", Manner.REJECT_LAST));
        faults.add(manner("a proxy answers 200 and keeps nothing", Manner.PAGE));
        faults.add(manner("it has the batch and does not answer", Manner.HANG));
        return faults;
    }

    private SinkFault manner(String name, Manner manner) {
        return SinkFault.failing(name, () -> receiver.behave(manner), this::mend);
    }

    private void mend() {
        receiver.behave(Manner.ACCEPT);
    }

    @Override
    protected List<UUID> received() {
        return receiver.records().stream().map(SomeEvents::id).toList();
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.WHEN_OFFERED_AGAIN;
    }
}
