package io.mcpguard.core.sink.http;

import java.time.Duration;

/** When a batch has to be done. */
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    long leftNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    boolean isOver() {
        return leftNanos() == 0;
    }
}
