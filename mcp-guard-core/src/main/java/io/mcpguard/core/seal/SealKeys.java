package io.mcpguard.core.seal;

import io.mcpguard.core.credential.ProcessKey;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a {@link Seal}: the one that seals, and those met so far that open. */
final class SealKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SealKeys.class);

    /**
     * Ids come from strangers, and a source may read a folder for each one it does not know. Ten look-ups a second find a new
     * key soon enough.
     */
    private static final long PAUSE_MILLIS = 100;

    private final KeySource source;
    private final InstantSource clock;
    private final Map<String, NamedKey> known = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> nextLookUp = new AtomicReference<>(Instant.MIN);
    private volatile NamedKey current;

    SealKeys(KeySource source, InstantSource clock, SecureRandom random) {
        this.source = source;
        this.clock = clock;
        this.current = source.current(Purpose.CURSOR).orElseGet(() -> forThisProcess(random));
        known.put(current.id(), current);
    }

    private static NamedKey forThisProcess(SecureRandom random) {
        NamedKey key = ProcessKey.draw(random);
        LOG.warn(
                "No key for sealing cursors and sessions is set up; using {} until this process ends. Clients start anew"
                        + " after a restart and on another node. Set up a key for the purpose {} (mcp-guard init makes one).",
                key.id(),
                Purpose.CURSOR);
        return key;
    }

    NamedKey current() {
        return current;
    }

    Optional<NamedKey> find(String id) {
        NamedKey met = known.get(id);
        if (met != null) {
            return Optional.of(met);
        }
        Instant now = clock.instant();
        Instant next = nextLookUp.get();
        if (now.isBefore(next) || !nextLookUp.compareAndSet(next, now.plusMillis(PAUSE_MILLIS))) {
            return Optional.empty();
        }
        Optional<NamedKey> found = source.find(Purpose.CURSOR, id);
        found.ifPresent(key -> {
            known.put(id, key);
            // Another node seals with a key that was not here at the start: the keys have been rotated.
            source.current(Purpose.CURSOR).ifPresent(this::seal);
        });
        return found;
    }

    private void seal(NamedKey rotated) {
        known.put(rotated.id(), rotated);
        current = rotated;
    }
}
