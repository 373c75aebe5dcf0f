package io.mcpguard.core.credential;

import io.mcpguard.credential.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * An Ed25519 key pair in this process's memory. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class Ed25519Key implements SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] TRIAL = {1, 2, 3};

    private final String id;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private Ed25519Key(String id, PrivateKey privateKey, PublicKey publicKey) {
        if (!id.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("a key id is 1 to 32 letters, digits, '-' or '_'");
        }
        this.id = id;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Draws a fresh pair.
     *
     * @param id its public name
     * @param random where it comes from
     * @return the pair
     */
    public static Ed25519Key generate(String id, SecureRandom random) {
        KeyPair pair = pair(random);
        return new Ed25519Key(id, pair.getPrivate(), pair.getPublic());
    }

    /**
     * Puts a pair together.
     *
     * @param id its public name
     * @param seed the private half: 32 bytes (RFC 8032 section 5.1.5)
     * @param publicKey the public half
     * @return the pair
     * @throws IllegalArgumentException when the two do not belong together
     */
    static Ed25519Key of(String id, byte[] seed, PublicKey publicKey) {
        try {
            PrivateKey privateKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Ed25519Key key = new Ed25519Key(id, privateKey, publicKey);
            Signature trial = Signature.getInstance(ALGORITHM);
            trial.initVerify(publicKey);
            trial.update(TRIAL);
            if (trial.verify(key.sign(TRIAL))) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the two halves are no pair", e);
        }
        throw new IllegalArgumentException("the two halves are no pair");
    }

    private static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The private half, for the file it is kept in. */
    byte[] seed() {
        return ((EdECPrivateKey) privateKey).getBytes().orElseThrow();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " does not take the key " + id, e);
        }
    }

    /** Names the key only. */
    @Override
    public String toString() {
        return "Ed25519Key[" + id + "]";
    }
}
