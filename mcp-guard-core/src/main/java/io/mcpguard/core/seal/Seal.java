package io.mcpguard.core.seal;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a client is given to hand back, and opens it again.
 *
 * <p>A sealed value is {@code <key id>.<base64url>}, visible ASCII. It is encrypted too: what a tool keeps in the state of a
 * request is not the client's to read, and AES-GCM takes no more code than an HMAC over a readable value would. Each value has
 * its own AES key, made by HMAC-SHA256 from the named key, the use and the first half of a 192-bit random; the second half is
 * the nonce. A 96-bit nonce alone would bound how often one key may seal, and nothing here counts.
 *
 * <p>Exactly one text opens to a value: a character more, less or other is another text, and does not. A value is bound to a
 * holder, and cannot be taken back before it ends; what must happen only once is to be enforced elsewhere. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class Seal {

    /** Longest payload, in bytes of UTF-8. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 14;

    private static final String LABEL = "mcp-guard seal 1 ";
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]{1,32})\\.([A-Za-z0-9_-]+)");
    private static final int SALT_BYTES = 12;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HOLDER_BYTES = 16;
    private static final int HEAD_BYTES = Long.BYTES + HOLDER_BYTES;
    private static final int SMALLEST = SALT_BYTES + NONCE_BYTES + HEAD_BYTES + TAG_BYTES;
    private static final int LONGEST = 33 + (SMALLEST + MAX_PAYLOAD_BYTES + 2) / 3 * 4;

    private final SealKeys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * Makes a seal with the keys of the purpose {@link KeySource.Purpose#CURSOR}. Without one it draws a key that is forgotten
     * when the process ends, and says so in the log.
     *
     * @param keys where the keys are; asked now, and when a value names a key that was not met before
     * @param clock the time
     * @param random what makes each value differ
     */
    public Seal(KeySource keys, InstantSource clock, SecureRandom random) {
        this.keys = new SealKeys(keys, clock, random);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Seals a value.
     *
     * @param use what it is for
     * @param holder who may hand it back
     * @param payload well-formed text of at most {@link #MAX_PAYLOAD_BYTES} in UTF-8; the holder cannot read it
     * @param life how long it opens, from now on
     * @return the sealed value, letters, digits and {@code - _ .} only
     * @throws IllegalArgumentException when the payload is too long or the life is not positive
     */
    public String seal(Use use, Holder holder, String payload, Duration life) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload has at most " + MAX_PAYLOAD_BYTES + " bytes");
        }
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("the life of a sealed value must be positive");
        }
        byte[] clear = ByteBuffer.allocate(HEAD_BYTES + text.length)
                .putLong(clock.instant().plus(life).toEpochMilli())
                .put(digest(holder))
                .put(text)
                .array();
        byte[] unique = new byte[SALT_BYTES + NONCE_BYTES];
        random.nextBytes(unique);
        NamedKey key = keys.current();
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, key, use, unique).doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform can seal", e);
        }
        byte[] whole = ByteBuffer.allocate(unique.length + sealed.length)
                .put(unique)
                .put(sealed)
                .array();
        return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * Opens a value that a client handed back. How long it takes does not tell what is wrong with a forged one.
     *
     * @param use what it must have been sealed for
     * @param holder who hands it back
     * @param token the value as it came in, of any length and form
     * @return the payload, or why there is none
     * @throws io.mcpguard.error.StoreUnavailableException when the key could not be looked up
     */
    public Opened open(Use use, Holder holder, String token) {
        if (token.length() > LONGEST) {
            return new Opened.Invalid();
        }
        var parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return new Opened.Invalid();
        }
        Optional<byte[]> whole = decoded(parts.group(2));
        Optional<NamedKey> key = whole.isEmpty() ? Optional.empty() : keys.find(parts.group(1));
        if (key.isEmpty()) {
            return new Opened.Invalid();
        }
        byte[] unique = Arrays.copyOf(whole.get(), SALT_BYTES + NONCE_BYTES);
        try {
            byte[] clear = cipher(Cipher.DECRYPT_MODE, key.get(), use, unique)
                    .doFinal(whole.get(), unique.length, whole.get().length - unique.length);
            return opened(ByteBuffer.wrap(clear), holder);
        } catch (AEADBadTagException e) {
            return new Opened.Invalid();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform can open what it sealed", e);
        }
    }

    private Opened opened(ByteBuffer clear, Holder holder) {
        Instant end = Instant.ofEpochMilli(clear.getLong());
        byte[] owner = new byte[HOLDER_BYTES];
        clear.get(owner);
        if (!MessageDigest.isEqual(owner, digest(holder))) {
            return new Opened.Foreign();
        }
        return clock.instant().isBefore(end)
                ? new Opened.Valid(StandardCharsets.UTF_8.decode(clear).toString())
                : new Opened.Expired();
    }

    /** The JDK's decoder lets the unused bits of the last character be anything; encoding again tells the one true spelling. */
    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean genuine = bytes.length >= SMALLEST
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text);
            return genuine ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, NamedKey key, Use use, byte[] unique) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                derived(key, use, unique),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, unique, SALT_BYTES, NONCE_BYTES));
        cipher.updateAAD(key.id().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static SecretKeySpec derived(NamedKey key, Use use, byte[] unique) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        try {
            mac.init(key.key());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("key " + key.id() + " does not do for HMAC-SHA256", e);
        }
        mac.update((LABEL + use + "\n").getBytes(StandardCharsets.US_ASCII));
        mac.update(unique, 0, SALT_BYTES);
        return new SecretKeySpec(mac.doFinal(), "AES");
    }

    private static byte[] digest(Holder holder) {
        try {
            byte[] name = holder.name().getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(name), HOLDER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
