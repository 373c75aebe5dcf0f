package io.mcpguard.core.audit;

import io.mcpguard.core.audit.SegmentIndex.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The indexes of the finished segments of a journal: made when they are first needed, kept in a folder of their own when this process may
 * write there, and made again when they do not fit. The folder may be deleted at any time. For any thread.
 */
final class JournalIndex {

    private static final String SUFFIX = ".idx";
    private static final String UNFINISHED = ".tmp";

    private final Path folder;
    private final Map<SegmentId, SegmentIndex> known = new ConcurrentHashMap<>();

    JournalIndex(JournalFolder journal) {
        this.folder = journal.index();
    }

    /** The parts of a finished segment that may answer; empty when there is no telling, since it holds more than records. */
    Optional<List<Part>> parts(SegmentId id, FileChannel segment, RecordFilter filter) throws IOException {
        Optional<SegmentIndex> kept = Optional.ofNullable(known.get(id)).or(() -> read(id));
        if (kept.isPresent()) {
            Optional<List<Part>> parts = kept.get().parts(segment, filter);
            if (parts.isPresent()) {
                known.put(id, kept.get());
                return parts;
            }
        }
        Optional<SegmentIndex> built = SegmentIndex.build(segment);
        if (built.isEmpty()) {
            known.remove(id);
            return Optional.empty();
        }
        known.put(id, built.get());
        write(id, built.get());
        return built.get().parts(segment, filter);
    }

    /** Removes what belongs to no segment any more. */
    void clean(Collection<SegmentId> segments) {
        known.keySet().retainAll(segments);
        List<String> wanted = segments.stream().map(JournalIndex::fileName).toList();
        if (!isOurs()) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if ((name.endsWith(SUFFIX) || name.endsWith(UNFINISHED)) && !wanted.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // It is in nobody's way.
            return;
        }
    }

    private Optional<SegmentIndex> read(SegmentId id) {
        try {
            return SegmentIndexFile.read(Files.readAllBytes(folder.resolve(fileName(id))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Fails silently: who may only read the journal, or has no room, makes the index each time. */
    private void write(SegmentId id, SegmentIndex index) {
        Path file = folder.resolve(fileName(id));
        Path unfinished = folder.resolve(fileName(id) + "-"
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().getId() + UNFINISHED);
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
            }
            if (isOurs()) {
                Files.write(
                        unfinished,
                        SegmentIndexFile.bytes(index),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            deleteQuietly(unfinished);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next clean-up removes it.
            return;
        }
    }

    /** A link in its place would have files written and deleted elsewhere. */
    private boolean isOurs() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static String fileName(SegmentId id) {
        String name = id.fileName();
        return name.substring(0, name.length() - SegmentId.SUFFIX.length()) + SUFFIX;
    }
}
