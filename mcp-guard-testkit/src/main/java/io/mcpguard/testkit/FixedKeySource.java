package io.mcpguard.testkit;

import io.mcpguard.credential.KeySource;
import io.mcpguard.error.StoreUnavailableException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key source that holds what a test gives it, or fresh random keys: a fixed key in a published jar would end up in use.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class FixedKeySource implements KeySource {

    private final Map<Purpose, List<NamedKey>> keys;
    private volatile boolean down;

    /**
     * Makes a source.
     *
     * @param keys the keys of each purpose, oldest first: the last one is current
     * @throws IllegalArgumentException when a key has less than 256 bits
     */
    public FixedKeySource(Map<Purpose, List<NamedKey>> keys) {
        Map<Purpose, List<NamedKey>> copy = new EnumMap<>(Purpose.class);
        keys.forEach((purpose, named) -> copy.put(purpose, List.copyOf(named)));
        for (List<NamedKey> named : copy.values()) {
            for (NamedKey each : named) {
                byte[] encoded = each.key().getEncoded();
                if (encoded == null || encoded.length < 32) {
                    throw new IllegalArgumentException("key " + each.id() + " has less than 256 bits");
                }
            }
        }
        this.keys = copy;
    }

    /**
     * Makes a source with one new random key for every purpose.
     *
     * @return a source that no other instance shares a key with
     */
    public static FixedKeySource random() {
        SecureRandom random = new SecureRandom();
        Map<Purpose, List<NamedKey>> keys = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            keys.put(purpose, List.of(new NamedKey("test-1", new SecretKeySpec(secret, "HmacSHA256"))));
        }
        return new FixedKeySource(keys);
    }

    /**
     * Makes every lookup fail, or end failing.
     *
     * @param fails whether lookups fail from now on
     */
    public void failing(boolean fails) {
        down = fails;
    }

    @Override
    public Optional<NamedKey> current(Purpose purpose) {
        List<NamedKey> named = of(purpose);
        return named.isEmpty() ? Optional.empty() : Optional.of(named.get(named.size() - 1));
    }

    @Override
    public Optional<NamedKey> find(Purpose purpose, String id) {
        return of(purpose).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private List<NamedKey> of(Purpose purpose) {
        if (down) {
            throw new StoreUnavailableException("the test has taken the key source down", null);
        }
        return keys.getOrDefault(purpose, List.of());
    }
}
