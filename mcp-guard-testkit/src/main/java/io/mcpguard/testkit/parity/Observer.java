package io.mcpguard.testkit.parity;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.LimitMeter;
import io.mcpguard.testkit.LimitMeter.Taking;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches what one call leaves in the trail and takes from the limits. */
final class Observer {

    private static final Set<Stage> LAST = EnumSet.of(Stage.OUTCOME, Stage.DENIED, Stage.PANIC, Stage.ORPHANED);
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final Supplier<List<AuditEvent>> trail;
    private final @Nullable LimitMeter meter;
    private final Duration patience;

    Observer(Supplier<List<AuditEvent>> trail, @Nullable LimitMeter meter, Duration patience) {
        this.trail = trail;
        this.meter = meter;
        this.patience = patience;
    }

    Observed during(Channel channel, Supplier<Reply> call) {
        int recorded = trail.get().size();
        int taken = takings().size();
        Reply reply = call.get();
        List<AuditEvent> records = settled(recorded, channel);
        List<Taking> takings = takings();
        return new Observed(reply, records, List.copyOf(takings.subList(taken, takings.size())));
    }

    /** A record that a sink hands on may arrive after the answer. Who leaves none is waited for, and found out. */
    private List<AuditEvent> settled(int before, Channel channel) {
        long end = System.nanoTime() + patience.toNanos();
        List<AuditEvent> records = since(before, channel);
        while (!isSettled(records) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            records = since(before, channel);
        }
        return records;
    }

    private boolean isSettled(List<AuditEvent> records) {
        return records.stream().anyMatch(event -> LAST.contains(event.stage())) && permitsHeld() == 0;
    }

    int permitsHeld() {
        return meter == null ? 0 : meter.open();
    }

    private List<AuditEvent> since(int before, Channel channel) {
        List<AuditEvent> all = trail.get();
        return all.subList(Math.min(before, all.size()), all.size()).stream()
                .filter(event -> event.channel() == channel)
                .filter(event -> event.stage() != Stage.NOTICE && event.stage() != Stage.STARTED)
                .filter(event -> !event.verdict().detail().equals("discovery"))
                .toList();
    }

    /** All that was ever recorded. */
    List<AuditEvent> all() {
        return trail.get();
    }

    private List<Taking> takings() {
        return meter == null ? List.of() : meter.takings();
    }
}
