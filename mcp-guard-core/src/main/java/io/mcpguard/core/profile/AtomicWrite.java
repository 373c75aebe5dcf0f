package io.mcpguard.core.profile;

import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;

/** Puts a new content in the place of a file, whole or not at all, for the same readers as before. */
final class AtomicWrite {

    private AtomicWrite() {}

    /** Replaces the file unless somebody else has changed it since it was seen. */
    static void replace(Path file, FileIdentity seen, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            copyOwnerAndMode(file, fresh);
            if (!FileIdentity.of(file).equals(seen)) {
                throw new StoreUnavailableException(
                        "somebody else has changed " + file + " meanwhile; nothing was written, try again", null);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(folder);
    }

    /** A temporary file is its maker's alone; run as another user than the service, it would lock the service out. */
    private static void copyOwnerAndMode(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes wanted = source.readAttributes();
        PosixFileAttributes given = target.readAttributes();
        try {
            if (!wanted.owner().equals(given.owner())) {
                target.setOwner(wanted.owner());
            }
            if (!wanted.group().equals(given.group())) {
                target.setGroup(wanted.group());
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    from + " belongs to " + wanted.owner().getName() + "; run the command as that user", e);
        }
        target.setPermissions(wanted.permissions());
    }

    /** Brings the new name to disk; file systems that cannot do that for a folder say so, and have done what they can. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
