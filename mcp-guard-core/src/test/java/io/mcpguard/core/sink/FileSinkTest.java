package io.mcpguard.core.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest extends AuditSinkContract {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    private FileSink sink(long mostBytes, int mostFiles) {
        return new FileSink(folder.resolve("audit.jsonl"), new JournalJsonFormat(), mostBytes, mostFiles, () -> NOW);
    }

    @Override
    protected AuditSink newSink() {
        return sink(1 << 20, 3);
    }

    @Override
    protected List<AuditEvent> kept() {
        return files().stream()
                .flatMap(FileSinkTest::lines)
                .map(FileSinkTest::parse)
                .toList();
    }

    @Override
    protected AuditSink failingSink() {
        return new FileSink(folder.resolve("nowhere/audit.jsonl"), new JournalJsonFormat(), 1, 1, () -> NOW);
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        return Optional.empty();
    }

    /** Those put aside first, then the newest. */
    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = new ArrayList<>(files.sorted().toList());
            if (!sorted.isEmpty()) {
                sorted.add(sorted.remove(0));
            }
            return sorted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuditEvent parse(String line) {
        try {
            return AuditEventJson.parse(line);
        } catch (MalformedRecordException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void a_large_file_is_put_aside_and_the_oldest_are_deleted() {
        List<AuditEvent> events = SomeEvents.events(40);
        try (FileSink sink = sink(2_000, 3)) {
            for (AuditEvent event : events) {
                sink.write(List.of(event));
            }
        }

        assertThat(files()).hasSize(4).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(kept()).isNotEmpty().isEqualTo(events.subList(40 - kept().size(), 40));
    }

    @Test
    void a_batch_handed_over_again_after_a_restart_is_kept_once() {
        List<AuditEvent> events = SomeEvents.events(10);
        try (FileSink sink = sink(1 << 20, 3)) {
            sink.write(events.subList(0, 7));
        }
        try (FileSink sink = sink(1 << 20, 3)) {
            sink.write(events.subList(4, 10));
        }

        assertThat(kept()).isEqualTo(events);
    }

    @Test
    void a_file_moved_away_by_others_is_begun_again() throws IOException {
        List<AuditEvent> events = SomeEvents.events(2);
        Path file = folder.resolve("audit.jsonl");
        try (FileSink sink = sink(1 << 20, 3)) {
            sink.write(events.subList(0, 1));
            Files.move(file, folder.resolve("audit.jsonl.moved"));
            sink.write(events.subList(1, 2));
        }

        assertThat(lines(file).map(FileSinkTest::parse)).containsExactly(events.get(1));
    }

    @Test
    void an_interrupted_batch_leaves_no_half_line() {
        List<AuditEvent> events = SomeEvents.events(3);
        try (FileSink sink = sink(1 << 20, 3)) {
            sink.write(events.subList(0, 1));
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> sink.write(events)).isInstanceOf(AuditWriteException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(kept()).containsExactly(events.get(0));

            sink.write(events);
        }
        assertThat(kept()).isEqualTo(events);
    }

    @Test
    void only_the_owner_may_read_it() throws IOException {
        try (FileSink sink = sink(1 << 20, 3)) {
            sink.write(SomeEvents.events(1));
        }

        Path file = folder.resolve("audit.jsonl");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }
}
