package io.mcpguard.core.audit;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562 section 5.7): each is greater than the one before, also within a millisecond and when
 * the clock goes back.
 *
 * <p>Of the 74 bits after the time, the first is 0 when a millisecond begins and the rest is random; within the millisecond
 * a random step of 1 to 2<sup>32</sup> is added (RFC 9562 section 6.2, method 2), so ids are neither equal nor guessable
 * from each other. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class Uuid7 {

    private static final long LOW_62 = (1L << 62) - 1;
    private static final int STOCK_BYTES = 512;

    private final InstantSource clock;
    private final RandomGenerator random;

    /** Random bits in stock, each used once: to ask the system for a few takes longer than to make an id. */
    private final ByteBuffer stock = ByteBuffer.allocate(STOCK_BYTES).limit(0);

    private long millis;
    private int high12;
    private long low62;

    /**
     * Makes a source of ids.
     *
     * @param clock tells the time
     * @param random gives the random bits; a {@link java.security.SecureRandom} unless in a test
     */
    public Uuid7(InstantSource clock, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Makes the next id.
     *
     * @return an id greater, by its hexadecimal text, than all before
     */
    public synchronized UUID next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            high12 = (int) draw() & 0x7FF;
            low62 = draw() & LOW_62;
        } else {
            step();
        }
        return new UUID(millis << 16 | 0x7000L | high12, 1L << 63 | low62);
    }

    private long draw() {
        if (!stock.hasRemaining()) {
            random.nextBytes(stock.array());
            stock.clear();
        }
        return stock.getLong();
    }

    private void step() {
        low62 += 1 + (draw() & 0xFFFF_FFFFL);
        if (low62 > LOW_62) {
            low62 &= LOW_62;
            high12++;
            if (high12 == 1 << 12) {
                // The millisecond is used up: borrow from the next one, which keeps the order.
                high12 = 0;
                millis++;
            }
        }
    }
}
