package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource.NamedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which a key is kept: {@code hmac-sha256:<pepper id>:<base64url>}, the HMAC-SHA-256 of the whole key under a
 * pepper that is kept elsewhere.
 *
 * <p>A fast hash is enough, and on purpose: a key has 190 random bits, which no amount of guessing exhausts, while a slow
 * password hash would let anybody burn this service's processor with junk keys.
 *
 * @since 0.1
 */
public final class ApiKeyHash {

    private static final Pattern FORM = Pattern.compile("hmac-sha256:([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]{43})");

    private final String pepperId;
    private final byte[] value;

    private ApiKeyHash(String pepperId, byte[] value) {
        this.pepperId = pepperId;
        this.value = value;
    }

    /**
     * Hashes a key.
     *
     * @param key the key
     * @param pepper the secret key to hash it under
     * @return the hash
     */
    public static ApiKeyHash of(ApiKey key, NamedKey pepper) {
        return of(key, new KeyedHash(pepper));
    }

    static ApiKeyHash of(ApiKey key, KeyedHash pepper) {
        return new ApiKeyHash(
                pepper.keyId(), pepper.begin().doFinal(key.reveal().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads a stored hash.
     *
     * @param text as written by {@link #text()}
     * @return the hash
     * @throws IllegalArgumentException when the form is wrong; the message does not repeat the text
     */
    public static ApiKeyHash parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a key's hash has the form hmac-sha256:<pepper id>:<43 characters>");
        }
        byte[] value = Base64.getUrlDecoder().decode(form.group(2));
        ApiKeyHash hash = new ApiKeyHash(form.group(1), value);
        if (!hash.text().equals(text)) {
            throw new IllegalArgumentException("the last character of the key's hash was changed");
        }
        return hash;
    }

    /**
     * Returns which pepper the key was hashed under.
     *
     * @return the pepper's id
     */
    public String pepperId() {
        return pepperId;
    }

    /**
     * Compares in constant time.
     *
     * @param other another hash
     * @return true when both are of one key under one pepper
     */
    public boolean matches(ApiKeyHash other) {
        return MessageDigest.isEqual(value, other.value) && pepperId.equals(other.pepperId);
    }

    /**
     * Writes the hash for a store.
     *
     * @return the text that {@link #parse(String)} reads
     */
    public String text() {
        return "hmac-sha256:" + pepperId + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** Names the pepper only. */
    @Override
    public String toString() {
        return "ApiKeyHash[pepper " + pepperId + "]";
    }
}
