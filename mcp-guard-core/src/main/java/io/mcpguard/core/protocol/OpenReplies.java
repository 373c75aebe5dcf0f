package io.mcpguard.core.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The requests that are being worked on. Looked through once a second, so that a call costs no timer of its own.
 */
final class OpenReplies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenReplies.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Set<Entry> open = ConcurrentHashMap.newKeySet();
    private final Map<Name, Entry> named = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Executor workers;
    private final ScheduledFuture<?> ticking;
    private volatile boolean stopping;

    OpenReplies(InstantSource clock, ScheduledExecutorService ticker, Executor workers) {
        this.clock = clock;
        this.workers = workers;
        this.ticking = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** A request as its own session names it. Without a session there is no name: ids of different clients are the same. */
    private record Name(String session, JsonNode id) {}

    /** What looks after one request. */
    interface Care {

        /** Runs about once a second while the request is open; one run at a time for all requests, so it is quick. */
        void tick();

        /** The service stops. */
        default void stop() {}
    }

    /** A request that is being worked on. */
    final class Entry {

        private final Reply reply;
        private final Optional<Name> name;
        private final Care care;
        private Instant lastShown = clock.instant();

        private Entry(Reply reply, Optional<Name> name, Care care) {
            this.reply = reply;
            this.name = name;
            this.care = care;
        }

        /** The request has its answer. */
        void close() {
            open.remove(this);
            name.ifPresent(known -> named.remove(known, this));
        }
    }

    /**
     * Adds a request.
     *
     * @param reply its reply
     * @param id its JSON-RPC id
     * @param session the session that it came in, if any
     * @param care looks after it
     * @return to be closed with the answer
     */
    Entry add(Reply reply, JsonNode id, Optional<String> session, Care care) {
        Entry entry = new Entry(reply, session.map(key -> new Name(key, id)), care);
        open.add(entry);
        if (stopping) {
            care.stop();
        }
        entry.name.ifPresent(name -> named.put(name, entry));
        return entry;
    }

    /** Cancels the request that a session names, if it is still open. */
    void cancel(String session, JsonNode id) {
        Entry entry = named.get(new Name(session, id));
        if (entry != null) {
            entry.reply.cancel();
        }
    }

    private void tick() {
        Instant now = clock.instant();
        for (Entry entry : open) {
            try {
                entry.care.tick();
                if (!now.isBefore(entry.lastShown.plus(KEEP_ALIVE))) {
                    entry.lastShown = now;
                    entry.reply.keepAlive();
                }
            } catch (RuntimeException e) {
                LOG.error("A running request could not be looked after", e);
            }
        }
    }

    /** Where work that may wait for a store is done. */
    Executor workers() {
        return workers;
    }

    /** Ends what is only waiting. Calls that run end by themselves. */
    @Override
    public void close() {
        stopping = true;
        ticking.cancel(false);
        open.forEach(entry -> entry.care.stop());
    }
}
