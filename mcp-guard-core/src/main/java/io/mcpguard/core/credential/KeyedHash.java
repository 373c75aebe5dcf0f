package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource.NamedKey;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/**
 * HMAC-SHA-256 under one key. To look for an algorithm and to expand a key takes longer than to hash what a request holds, so
 * both are done once, and every hash starts from a copy. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final NamedKey key;

    /** Never fed, only copied. */
    private final Mac prepared;

    /**
     * Prepares a hash.
     *
     * @param key the secret key
     * @throws IllegalStateException when this Java runtime does not take it
     */
    public KeyedHash(NamedKey key) {
        this.key = key;
        this.prepared = prepare();
    }

    private Mac prepare() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.key());
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " does not take the key " + key.id(), e);
        }
    }

    /**
     * Returns which key it is under.
     *
     * @return the key's public name
     */
    public String keyId() {
        return key.id();
    }

    /**
     * Starts a hash.
     *
     * @return for one thread, to be fed and finished as often as it likes
     */
    public Mac begin() {
        try {
            return (Mac) prepared.clone();
        } catch (CloneNotSupportedException e) {
            // Such as of a hardware token.
            return prepare();
        }
    }
}
