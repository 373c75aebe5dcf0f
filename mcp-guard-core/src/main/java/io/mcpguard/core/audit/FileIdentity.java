package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a name still leads to the file it led to: an open file can be written to long after it was deleted.
 *
 * @param key device and inode, or null where the file system has no such thing
 */
record FileIdentity(@Nullable Object key) {

    static FileIdentity of(Path file) throws IOException {
        return new FileIdentity(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    boolean isStill(Path file) throws IOException {
        try {
            return Objects.equals(key, of(file).key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void check(Path file) throws IOException {
        if (!isStill(file)) {
            throw replaced(file);
        }
    }

    /** Size of the file in bytes, in the same look that tells whether it is still the one. */
    long size(Path file) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw replaced(file);
        }
        if (!Objects.equals(key, now.fileKey())) {
            throw replaced(file);
        }
        return now.size();
    }

    private static IOException replaced(Path file) {
        return new IOException(file + " was deleted or replaced while it was in use");
    }
}
