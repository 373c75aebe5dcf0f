package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a journal keeps its files.
 *
 * @param path the folder
 */
record JournalFolder(Path path) {

    Path segment(SegmentId id) {
        return path.resolve(id.fileName());
    }

    Path tip() {
        return path.resolve("tip");
    }

    Path lock() {
        return path.resolve("lock");
    }

    /** A folder of its own, so that moving cursors does not look like a change of the journal. */
    Path cursors() {
        return path.resolve("cursors");
    }

    /** What readers derive from the segments; a folder of its own for the same reason. */
    Path index() {
        return path.resolve("index");
    }

    /** Segments by their names, in the order of writing. */
    List<SegmentId> segments() throws IOException {
        List<SegmentId> found = new ArrayList<>();
        for (Path file : walFiles()) {
            SegmentId.parse(file.getFileName().toString()).ifPresent(found::add);
        }
        Collections.sort(found);
        return found;
    }

    /**
     * Every file with the suffix of a segment, whatever its name, as far as the newest one that was there at the start.
     *
     * <p>Listed twice on purpose: a listing may hold a file made meanwhile and lack one made before it. The second listing
     * has everything that precedes the last file of the first.
     */
    List<Path> walFiles() throws IOException {
        List<Path> once = list();
        if (once.isEmpty()) {
            return once;
        }
        Path newest = once.get(once.size() - 1);
        return list().stream().filter(file -> file.compareTo(newest) <= 0).toList();
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SegmentId.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
