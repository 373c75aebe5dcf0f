package io.mcpguard.core.sink.http;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.FaultProxy;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Chaos between a sink and one service, and in the service. */
abstract class HttpChaosContract extends AuditSinkChaosContract {

    private LogService service;
    private FaultProxy proxy;

    abstract LogService newService();

    abstract HttpTemplate template();

    /** What the answer of this service can tell beside what that of every one does. */
    abstract List<LogService.Trouble> told();

    /** All of what a network does; some templates go without, since they share everything that is between. */
    boolean everythingOnTheNetwork() {
        return true;
    }

    @BeforeEach
    void start() {
        service = newService();
        proxy = FaultProxy.to(service.address());
    }

    @AfterEach
    void stop() {
        proxy.close();
        service.close();
    }

    @Override
    protected AuditSink newSink() {
        URI address = URI.create("http://127.0.0.1:" + proxy.address().getPort());
        return HttpSink.builder(address, template(), new JournalJsonFormat())
                .timeout(Duration.ofMillis(250))
                .build();
    }

    @Override
    protected List<SinkFault> faults() {
        List<SinkFault> faults = new ArrayList<>(SinkFault.overTcp(proxy));
        if (!everythingOnTheNetwork()) {
            faults.removeIf(
                    fault -> !fault.name().contains("lost") && !fault.name().contains("mid-batch"));
        }
        faults.add(service.fault(LogService.Trouble.FAILS));
        faults.add(service.fault(LogService.Trouble.BUSY));
        faults.add(service.fault(LogService.Trouble.KEEPS_AND_BREAKS_OFF));
        faults.add(service.fault(LogService.Trouble.KEEPS_HALF));
        told().forEach(trouble -> faults.add(service.fault(trouble)));
        return faults;
    }

    @Override
    protected List<UUID> received() {
        return service.ids();
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.WHEN_OFFERED_AGAIN;
    }

    /** Every service answers, so everything is noticed but what only it knows. */
    @Override
    protected boolean mayLose() {
        return false;
    }
}
