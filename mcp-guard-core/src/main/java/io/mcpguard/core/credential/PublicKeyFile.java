package io.mcpguard.core.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of a key pair in a file: PEM, as {@code openssl} reads and writes it (RFC 8410, RFC 7468).
 *
 * @since 0.1
 */
public final class PublicKeyFile {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int MAX_FILE_BYTES = 4096;
    private static final String SUFFIX = ".pub";

    private PublicKeyFile() {}

    static Path beside(Path folder, String id) {
        return folder.resolve(KeyFolder.CHECKPOINT + "-" + id + SUFFIX);
    }

    /**
     * Tells the files of public keys for checkpoints in a key folder from the others in it.
     *
     * @param file a file of the folder
     * @return whether it is named as such a key
     */
    public static boolean isNamedSo(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(KeyFolder.CHECKPOINT + "-") && name.endsWith(SUFFIX);
    }

    static String text(PublicKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return BEGIN + "\n" + base64 + "\n" + END + "\n";
    }

    /**
     * Reads a key.
     *
     * @param file the file
     * @return the Ed25519 key in it
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it holds something else
     */
    public static PublicKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(file + " is too large for a public key");
        }
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file);
    }

    private static PublicKey parse(String text, Path file) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(file + " holds no public key in PEM");
        }
        byte[] base64 = text.substring(begin + BEGIN.length(), end).getBytes(US_ASCII);
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds no Ed25519 public key", e);
        }
    }
}
