package io.mcpguard.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets; it starts on 2026-11-22 at 14:00 UTC. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-22T14:00:00.123456Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration by) {
        now = now.plus(by);
    }
}
