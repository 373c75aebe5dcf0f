package io.mcpguard.spring;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditTrail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trail that tells observers of each record once it is clear what became of it. */
final class ObservedTrail implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedTrail.class);
    private static final long WARN_EVERY = 1000;

    private final AuditTrail trail;
    private final List<TrailObserver> observers;
    private final AtomicLong failures = new AtomicLong();

    private ObservedTrail(AuditTrail trail, List<TrailObserver> observers) {
        this.trail = trail;
        this.observers = List.copyOf(observers);
    }

    static AuditTrail of(AuditTrail trail, List<TrailObserver> observers) {
        return observers.isEmpty() ? trail : new ObservedTrail(trail, observers);
    }

    @Override
    public void append(AuditEvent event) {
        long start = System.nanoTime();
        boolean kept = false;
        try {
            trail.append(event);
            kept = true;
        } finally {
            tell(event, Duration.ofNanos(System.nanoTime() - start), kept);
        }
    }

    private void tell(AuditEvent event, Duration waited, boolean kept) {
        for (TrailObserver observer : observers) {
            try {
                observer.recorded(event, waited, kept);
            } catch (RuntimeException e) {
                long before = failures.getAndIncrement();
                if (before % WARN_EVERY == 0) {
                    LOG.warn("What watches the audit trail failed ({} times so far); the record stands", before + 1, e);
                }
            }
        }
    }
}
