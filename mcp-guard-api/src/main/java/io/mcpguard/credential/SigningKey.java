package io.mcpguard.credential;

import io.mcpguard.error.StoreUnavailableException;
import java.security.PublicKey;

/**
 * A key pair that signs checkpoints of the audit journal: Ed25519 (RFC 8032).
 *
 * <p>Only the public half is ever handed out, so the private one may stay in a key management service or a hardware token.
 * The guard signs from a thread of its own, a few times an hour and never while a call waits.
 *
 * @since 0.1
 */
public interface SigningKey {

    /**
     * Returns the key's public name.
     *
     * @return 1 to 32 letters, digits, '-' or '_'
     */
    String id();

    /**
     * Returns what verifies the signatures.
     *
     * @return an Ed25519 key whose encoding is a SubjectPublicKeyInfo (RFC 8410), the same for as long as this object lives
     */
    PublicKey publicKey();

    /**
     * Signs a message.
     *
     * @param message the whole message, not a hash of it
     * @return 64 bytes, which {@link #publicKey()} verifies
     * @throws StoreUnavailableException when whoever holds the private key did not answer; it is tried again later
     */
    byte[] sign(byte[] message);
}
