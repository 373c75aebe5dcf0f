package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A public key that verifies checkpoints, and how signed notes name it. */
final class CheckpointKey {

    private static final String ALGORITHM = "Ed25519";

    /** What signed notes call Ed25519. */
    private static final byte TYPE = 1;

    private static final int RAW_BYTES = 32;

    /** A SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key. */
    private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern VERIFIER_KEY = Pattern.compile("([^\\s+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    private final PublicKey key;
    private final byte[] raw;

    /** The only name that the key is known under; null for any. */
    private final @Nullable String name;

    private CheckpointKey(PublicKey key, @Nullable String name) {
        byte[] encoded = key.getEncoded();
        if (encoded == null
                || encoded.length != INFO.length + RAW_BYTES
                || !Arrays.equals(INFO, Arrays.copyOf(encoded, INFO.length))) {
            throw new IllegalArgumentException("checkpoints are signed with Ed25519 only");
        }
        this.key = key;
        this.raw = Arrays.copyOfRange(encoded, INFO.length, encoded.length);
        this.name = name;
    }

    static CheckpointKey of(PublicKey key) {
        return new CheckpointKey(key, null);
    }

    /**
     * Reads the one-line form of a key: name, id and key, with a plus in between.
     *
     * @throws IllegalArgumentException when it is none, or the id is not that of the key
     */
    static CheckpointKey parse(String line) {
        Matcher matcher = VERIFIER_KEY.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + line + "' is no public key of a signed note");
        }
        byte[] typed = Base64.getDecoder().decode(matcher.group(3));
        if (typed.length != 1 + RAW_BYTES || typed[0] != TYPE) {
            throw new IllegalArgumentException("'" + line + "' is no Ed25519 key");
        }
        byte[] info = Arrays.copyOf(INFO, INFO.length + RAW_BYTES);
        System.arraycopy(typed, 1, info, INFO.length, RAW_BYTES);
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(info));
            CheckpointKey read = new CheckpointKey(key, matcher.group(1));
            if (read.line(matcher.group(1)).equals(line)) {
                return read;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("'" + line + "' is no Ed25519 key", e);
        }
        throw new IllegalArgumentException("'" + line + "' has an id that is not its key's");
    }

    /** The one-line form under a name. */
    String line(String under) {
        return under + "+" + String.format("%08x", id(under)) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** What names the key in a signature: four bytes of a hash over the signer's name and the key. */
    int id(String under) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(under.getBytes(UTF_8));
            sha256.update((byte) '\n');
            return ByteBuffer.wrap(sha256.digest(typed())).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private byte[] typed() {
        return ByteBuffer.allocate(1 + RAW_BYTES).put(TYPE).put(raw).array();
    }

    /** Whether a signature says that it was made with this key. */
    boolean isNamedBy(NoteSignature signature) {
        return (name == null || name.equals(signature.name())) && id(signature.name()) == signature.keyId();
    }

    boolean verifies(String body, NoteSignature signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(body.getBytes(UTF_8));
            return verifier.verify(signature.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
