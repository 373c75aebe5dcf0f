package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys in a folder, one a file: {@code <pepper|audit-mask|cursor>-<id>.key} holds 32 or more random bytes in base64, and
 * {@code checkpoint-<id>.key} the 32 of an Ed25519 private key whose public half is beside it in {@code checkpoint-<id>.pub}.
 *
 * <p>Which key is current: the one whose id stands in {@code <purpose>.current}, or the only one there is. Files that
 * anybody but their owner can read or change are refused where the file system knows owners, and so are keys that were
 * made up rather than drawn. There is no default key: {@code mcp-guard init} makes them.
 *
 * <p>The folder is read when the source is made, and again when an id is asked for that was not there; a key added by
 * hand is therefore found without a restart. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class FileKeySource implements KeySource {

    private final Path folder;
    private volatile KeyFolder keys;

    /**
     * Reads a key folder.
     *
     * @param folder the folder
     * @throws ConfigurationException when a key must not be used, with a sentence for each
     * @throws StoreUnavailableException when the folder cannot be read
     */
    public FileKeySource(Path folder) {
        this.folder = folder;
        this.keys = read(folder);
    }

    /**
     * Draws a fresh key and keeps it in a new file that only its owner can read.
     *
     * @param folder the key folder, which exists
     * @param purpose what the key is for
     * @param random where it comes from
     * @return the file
     * @throws StoreUnavailableException when it cannot be written
     */
    public static Path create(Path folder, Purpose purpose, SecureRandom random) {
        byte[] key = new byte[KeyStrength.MIN_BYTES];
        do {
            random.nextBytes(key);
        } while (KeyStrength.weakness(key).isPresent());
        Path file = KeyFolder.keyFile(folder, KeyFolder.word(purpose), name(random));
        write(file, Base64.getEncoder().encodeToString(key) + "\n");
        return file;
    }

    /**
     * Draws a fresh pair of keys for checkpoints and keeps it in two new files that only their owner can read. It becomes the
     * one in use, from the next start of the service on; the public halves of earlier ones stay, to verify what they signed.
     *
     * @param folder the key folder, which exists
     * @param random where it comes from
     * @return the file of the private half; that of the public one has its name and the suffix {@code .pub}
     * @throws StoreUnavailableException when it cannot be written
     */
    public static Path createSigning(Path folder, SecureRandom random) {
        Ed25519Key key;
        do {
            key = Ed25519Key.generate(name(random), random);
        } while (KeyStrength.weakness(key.seed()).isPresent());
        Path file = KeyFolder.keyFile(folder, KeyFolder.CHECKPOINT, key.id());
        Path pointer = KeyFolder.pointerFile(folder, KeyFolder.CHECKPOINT);
        Path next = pointer.resolveSibling(pointer.getFileName() + ".next");
        delete(next);
        // The public half first, and the word which one to use last: whoever reads meanwhile finds a whole pair.
        write(PublicKeyFile.beside(folder, key.id()), PublicKeyFile.text(key.publicKey()));
        write(next, key.id() + "\n");
        write(file, Base64.getEncoder().encodeToString(key.seed()) + "\n");
        try {
            Files.move(next, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreUnavailableException("the file " + pointer + " could not be written: " + e, e);
        }
        return file;
    }

    private static void delete(Path leftOver) {
        try {
            Files.deleteIfExists(leftOver);
        } catch (IOException e) {
            throw new StoreUnavailableException("the file " + leftOver + " could not be taken away: " + e, e);
        }
    }

    private static String name(SecureRandom random) {
        byte[] name = new byte[4];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name);
    }

    private static void write(Path file, String text) {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        } catch (IOException e) {
            throw new StoreUnavailableException("the key file " + file + " could not be written: " + e, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static KeyFolder read(Path folder) {
        KeyFolder found = KeyFolder.read(folder);
        if (!found.problems.isEmpty()) {
            throw new ConfigurationException("key folder", found.problems);
        }
        return found;
    }

    @Override
    public Optional<NamedKey> current(Purpose purpose) {
        return keys.current(purpose);
    }

    @Override
    public Optional<NamedKey> find(Purpose purpose, String id) {
        Optional<NamedKey> known = keys.find(purpose, id);
        return known.isPresent() ? known : findAgain(purpose, id);
    }

    @Override
    public Optional<SigningKey> signing() {
        return keys.signing().map(key -> key);
    }

    /**
     * Lists the keys of a purpose.
     *
     * @param purpose what they are for
     * @return the current one first, then the others in the order of their ids
     */
    public List<NamedKey> all(Purpose purpose) {
        return keys.all(purpose);
    }

    private synchronized Optional<NamedKey> findAgain(Purpose purpose, String id) {
        try {
            keys = read(folder);
        } catch (ConfigurationException e) {
            throw new StoreUnavailableException(
                    "the keys are not usable any more: " + String.join("; ", e.problems()), e);
        }
        return keys.find(purpose, id);
    }
}
