package io.mcpguard.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.syslog.StrictReceiver.Manner;
import io.mcpguard.testkit.FaultProxy;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Nothing is lost on the way to a receiver that reads, although syslog confirms nothing. */
class SyslogChaosTest extends AuditSinkChaosContract {

    private TestKeys keys;
    private StrictReceiver receiver;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestKeys.ofThisRun();
        receiver = new StrictReceiver(keys.receiving());
        proxy = FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        receiver.close();
        assertThat(receiver.violations()).isEmpty();
    }

    @Override
    protected AuditSink newSink() {
        try {
            return SyslogAuditSink.builder("localhost", proxy.address().getPort(), SomeEvents.WHOLE)
                    .tls(keys.sendingWithout())
                    .longest(Duration.ofMillis(700))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected List<SinkFault> faults() {
        List<SinkFault> faults = new ArrayList<>(SinkFault.overTcp(proxy));
        faults.add(receiver("the receiver leaves by itself", Manner.LEAVE));
        faults.add(receiver("the receiver dies after a message", Manner.RESET));
        faults.add(receiver("the receiver reads nothing", Manner.STALL));
        faults.add(receiver("the receiver does not end what was ended", Manner.HOLD));
        return faults;
    }

    private SinkFault receiver(String name, Manner manner) {
        return SinkFault.failing(name, () -> receiver.behave(manner), () -> receiver.behave(Manner.READ));
    }

    @Override
    protected List<UUID> received() {
        return receiver.messages().stream()
                .map(message -> SomeEvents.parse(message).id())
                .toList();
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.WHEN_OFFERED_AGAIN;
    }

    @Override
    protected boolean mayLose() {
        return false;
    }
}
