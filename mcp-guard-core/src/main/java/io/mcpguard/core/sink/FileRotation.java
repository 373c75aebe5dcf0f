package io.mcpguard.core.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Puts a file aside under a name with the time when it is large enough, and deletes the oldest of those. */
final class FileRotation {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final long mostBytes;
    private final int mostFiles;
    private final InstantSource clock;

    FileRotation(Path file, long mostBytes, int mostFiles, InstantSource clock) {
        if (mostBytes < 1 || mostFiles < 1) {
            throw new IllegalArgumentException("an audit file has at least 1 byte, and at least 1 is kept");
        }
        this.file = file;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    void beforeWrite() throws IOException {
        if (!Files.exists(file) || Files.size(file) < mostBytes) {
            return;
        }
        Files.move(file, aside(), StandardCopyOption.ATOMIC_MOVE);
        List<Path> aside = putAside();
        for (Path oldest : aside.subList(0, Math.max(0, aside.size() - mostFiles))) {
            Files.delete(oldest);
        }
    }

    /** A name that is free and sorts after those before it, also when the clock stands still. */
    private Path aside() throws IOException {
        String time = TIME.format(clock.instant());
        List<Path> aside = putAside();
        String last = aside.isEmpty() ? "" : name(aside.get(aside.size() - 1));
        String name = prefix() + time;
        return file.resolveSibling(name.compareTo(last) > 0 ? name : last + "-");
    }

    private List<Path> putAside() throws IOException {
        try (Stream<Path> files =
                Files.list(Objects.requireNonNull(file.getParent(), "an absolute file has a folder"))) {
            return files.filter(other -> name(other).startsWith(prefix()))
                    .sorted()
                    .toList();
        }
    }

    private String prefix() {
        return name(file) + ".";
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a file has a name").toString();
    }
}
