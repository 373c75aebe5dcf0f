package io.mcpguard.credential;

import io.mcpguard.error.StoreUnavailableException;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Holds the keys that the guard computes with: the pepper of stored API keys, the key of masked audit values, and the key
 * pair that signs checkpoints of the audit journal.
 *
 * <p>Implement this to keep them in a vault or a key management service. The guard asks when it starts and whenever it
 * meets a key id it has not seen; it keeps what it got in memory.
 *
 * <p>Rules for implementers, each with a test in {@code KeySourceContract}:
 *
 * <ul>
 *   <li><b>KS-1</b> There is no default key: a purpose without a key has no current key.
 *   <li><b>KS-2</b> A key has at least 256 bits and an id of 1 to 32 letters, digits, '-' or '_'.
 *   <li><b>KS-3</b> The current key of a purpose is also found by its id; keys once used stay findable.
 *   <li><b>KS-4</b> An id nobody has stored is empty; "I could not look" is an exception.
 *   <li><b>KS-5</b> Safe for use by many threads at once.
 *   <li><b>KS-6</b> What {@link #signing()} hands out signs with Ed25519, and its public key verifies that.
 * </ul>
 *
 * @since 0.1
 */
public interface KeySource {

    /** What a key is for. Keys of different purposes are never the same. */
    enum Purpose {
        /** HMAC key under which API keys are stored. */
        PEPPER,
        /** HMAC key that stands in for argument values in the audit trail. */
        AUDIT_MASK,
        /** HMAC key that protects cursors and other values a client hands back. */
        CURSOR
    }

    /**
     * One key and its name.
     *
     * @param id the key's public name
     * @param key the secret
     * @since 0.1
     */
    record NamedKey(String id, SecretKey key) {
        public NamedKey {
            if (!id.matches("[A-Za-z0-9_-]{1,32}")) {
                throw new IllegalArgumentException("a key id is 1 to 32 letters, digits, '-' or '_'");
            }
        }

        /** Names the key only. */
        @Override
        public String toString() {
            return "NamedKey[" + id + "]";
        }
    }

    /**
     * Returns the key that new values are made with.
     *
     * @param purpose what it is for
     * @return the key, or empty when none has been set up
     * @throws StoreUnavailableException when the source did not answer
     */
    Optional<NamedKey> current(Purpose purpose);

    /**
     * Returns the key that an older value was made with.
     *
     * @param purpose what it is for
     * @param id the key's name
     * @return the key, or empty when there is none with this name
     * @throws StoreUnavailableException when the source did not answer
     */
    Optional<NamedKey> find(Purpose purpose, String id);

    /**
     * Returns the key pair that signs checkpoints of the audit journal. Verifying needs the public halves only, those of earlier
     * keys too, and is done elsewhere; so they are not asked for here.
     *
     * @return the key, or empty when none has been set up: there are no checkpoints then
     * @throws StoreUnavailableException when the source did not answer
     */
    default Optional<SigningKey> signing() {
        return Optional.empty();
    }
}
