package io.mcpguard.core.profile;

import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** The bytes of a file at one moment. */
final class FileContent {

    /** About eight thousand keys. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    private final byte[] bytes;
    private final String digest;
    private final Optional<String> weakness;

    private FileContent(byte[] bytes, Optional<String> weakness) {
        this.bytes = bytes;
        this.digest = ProfileDigest.sha256(bytes);
        this.weakness = weakness;
    }

    static FileContent of(byte[] bytes) {
        return new FileContent(bytes, Optional.empty());
    }

    byte[] bytes() {
        return bytes;
    }

    /** SHA-256 of the bytes, in hexadecimal. */
    String digest() {
        return digest;
    }

    /** Says why the file must not be used, whatever it says. */
    Optional<String> weakness() {
        return weakness;
    }

    static FileContent read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return new FileContent(
                        bytes,
                        Optional.of("the file is larger than " + MAX_BYTES + " bytes; take out what is not in use"));
            }
            return new FileContent(bytes, writableByAll(file));
        } catch (NoSuchFileException e) {
            throw new StoreUnavailableException("there is no file " + file + "; run: mcp-guard init", e);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that it is a file that this user may read",
                    e);
        }
    }

    /** Whoever can write the file can give himself any profile. */
    private static Optional<String> writableByAll(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)
                ? Optional.of("the file can be changed by every user of this machine; run: chmod o-w " + file)
                : Optional.empty();
    }
}
