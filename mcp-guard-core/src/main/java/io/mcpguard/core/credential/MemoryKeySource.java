package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.SigningKey;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were handed over, for services that fetch them from a vault themselves and for tests. There is no default key.
 * Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class MemoryKeySource implements KeySource {

    private static final int LENGTH_BYTES = 32;

    private final Map<Purpose, Map<String, NamedKey>> keys = new EnumMap<>(Purpose.class);
    private final Map<Purpose, NamedKey> current = new EnumMap<>(Purpose.class);

    private @Nullable SigningKey signing;

    /** Makes a source without any key. */
    public MemoryKeySource() {}

    /**
     * Makes a source with one fresh random key for every purpose.
     *
     * @param random where the keys come from
     * @return the source
     */
    public static MemoryKeySource random(SecureRandom random) {
        MemoryKeySource source = new MemoryKeySource();
        for (Purpose purpose : Purpose.values()) {
            byte[] bytes = new byte[LENGTH_BYTES];
            random.nextBytes(bytes);
            source.put(purpose, new NamedKey("k1", new SecretKeySpec(bytes, "HmacSHA256")));
        }
        return source;
    }

    /**
     * Adds a key, which becomes the current one of its purpose; earlier ones stay findable.
     *
     * @param purpose what it is for
     * @param key the key, of at least 256 bits
     * @throws IllegalArgumentException when the key is too short, or another key of this purpose has its id
     */
    public synchronized void put(Purpose purpose, NamedKey key) {
        byte[] encoded = key.key().getEncoded();
        if (encoded != null && encoded.length < LENGTH_BYTES) {
            throw new IllegalArgumentException("key " + key.id() + " has fewer than 256 bits");
        }
        Map<String, NamedKey> known = keys.computeIfAbsent(purpose, unused -> new HashMap<>());
        if (known.putIfAbsent(key.id(), key) != null) {
            throw new IllegalArgumentException("there already is a key " + key.id());
        }
        current.put(purpose, key);
    }

    /**
     * Sets the key pair that signs checkpoints.
     *
     * @param key the pair
     */
    public synchronized void signWith(SigningKey key) {
        signing = Objects.requireNonNull(key, "key");
    }

    @Override
    public synchronized Optional<SigningKey> signing() {
        return Optional.ofNullable(signing);
    }

    @Override
    public synchronized Optional<NamedKey> current(Purpose purpose) {
        return Optional.ofNullable(current.get(purpose));
    }

    @Override
    public synchronized Optional<NamedKey> find(Purpose purpose, String id) {
        return Optional.ofNullable(keys.getOrDefault(purpose, Map.of()).get(id));
    }
}
