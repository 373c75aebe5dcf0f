package io.mcpguard.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of signature under a note.
 *
 * @param name who signed
 * @param base64 four bytes of the key's id, then the signature
 */
record NoteSignature(String name, String base64) {

    static final String START = "\u2014 ";

    private static final int KEY_ID_BYTES = 4;

    NoteSignature {
        Objects.requireNonNull(name, "name");
        if (Base64.getDecoder().decode(base64).length <= KEY_ID_BYTES) {
            throw new IllegalArgumentException("a signature begins with four bytes that name the key");
        }
    }

    static NoteSignature of(String name, int keyId, byte[] signature) {
        byte[] bytes = ByteBuffer.allocate(KEY_ID_BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return new NoteSignature(name, Base64.getEncoder().encodeToString(bytes));
    }

    static Optional<NoteSignature> parse(String line) {
        int space = line.indexOf(' ', START.length());
        if (!line.startsWith(START) || space < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NoteSignature(line.substring(START.length(), space), line.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    int keyId() {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64)).getInt();
    }

    byte[] signature() {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return Arrays.copyOfRange(bytes, KEY_ID_BYTES, bytes.length);
    }

    String line() {
        return START + name + " " + base64 + "\n";
    }
}
