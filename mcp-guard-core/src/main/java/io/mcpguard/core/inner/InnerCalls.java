package io.mcpguard.core.inner;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.OperationCall;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The calls whose inner request is on its way: nonces of 128 bits, each good for one request within the time its call has.
 *
 * <p>Bounded: more open calls than the bound are refused, so that a stuck service cannot fill the memory.
 *
 * @param <R> how the mount sees a request
 * @since 0.1
 */
public final class InnerCalls<R> {

    /** Header that carries the nonce. Removed before anything of the service sees the request. */
    public static final String HEADER = "Mcp-Guard-Call";

    private static final int NONCE_BYTES = 16;
    private static final int NONCE_CHARACTERS = 2 * NONCE_BYTES;

    private record Open<R>(InnerCall<R> inner, Instant expires) {}

    private final InstantSource clock;
    private final RandomGenerator random;
    private final int maxOpen;
    private final Map<String, Open<R>> open = new ConcurrentHashMap<>();
    private final Map<UUID, Tap<R>> taps = new ConcurrentHashMap<>();

    /**
     * Makes an empty registry.
     *
     * @param clock tells when a nonce has expired
     * @param random source of the nonces; must be cryptographically strong
     * @param maxOpen most calls open at the same time, at least 1
     */
    public InnerCalls(InstantSource clock, RandomGenerator random, int maxOpen) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        if (maxOpen < 1) {
            throw new IllegalArgumentException("at least one call must be open at a time");
        }
        this.maxOpen = maxOpen;
    }

    /**
     * Opens a call.
     *
     * @param call the call
     * @return the nonce to send with its one request
     * @throws InvocationException with code {@code invoker-overloaded} when too many calls are open
     */
    public String open(OperationCall call) {
        Instant now = clock.instant();
        if (open.size() >= maxOpen) {
            open.values().removeIf(entry -> !now.isBefore(entry.expires()));
            if (open.size() >= maxOpen) {
                throw InvocationException.overloaded("already " + maxOpen + " inner calls are on their way");
            }
        }
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        InnerCall<R> inner = new InnerCall<>(call, Optional.ofNullable(taps.get(call.callId())));
        open.put(nonce, new Open<>(inner, now.plus(call.timeout())));
        return nonce;
    }

    /**
     * Takes the call that a nonce stands for. A second claim of the same nonce finds nothing.
     *
     * @param nonce what a request carried
     * @return the call, or empty when the nonce is malformed, unknown, used or expired
     */
    public Optional<InnerCall<R>> claim(String nonce) {
        if (nonce.length() != NONCE_CHARACTERS) {
            return Optional.empty();
        }
        Open<R> entry = open.remove(nonce);
        return entry == null || !clock.instant().isBefore(entry.expires())
                ? Optional.empty()
                : Optional.of(entry.inner());
    }

    /**
     * Withdraws a nonce when its call is over.
     *
     * @param nonce the nonce
     * @return true when no request ever claimed it: whatever answered was not behind the service's first filter
     */
    public boolean close(String nonce) {
        return open.remove(nonce) != null;
    }

    /**
     * Has the inner request of a call watched.
     *
     * @param callId the call, before it is opened
     * @param tap who watches
     */
    public void watch(UUID callId, Tap<R> tap) {
        taps.put(callId, tap);
    }

    /**
     * Stops watching a call.
     *
     * @param callId the call
     */
    public void unwatch(UUID callId) {
        taps.remove(callId);
    }
}
