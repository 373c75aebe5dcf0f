package io.mcpguard.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a file system tells about a file without reading it.
 *
 * @param modified when it was last written
 * @param sizeBytes how long it is
 * @param key which file it is (on Unix device and inode), null where file systems do not say
 */
record FileIdentity(
        Instant modified, long sizeBytes, @Nullable Object key) {

    static FileIdentity of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileIdentity(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
    }
}
