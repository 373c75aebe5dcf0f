package io.mcpguard.core.sink;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is not there for a while, and a file that is something else. */
class FileSinkChaosTest extends AuditSinkChaosContract {

    @TempDir
    Path home;

    private Path folder;
    private Path away;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(home.resolve("logs"));
        away = home.resolve("away");
    }

    @Override
    protected AuditSink newSink() {
        return new FileSink(
                folder.resolve("audit.jsonl"),
                new JournalJsonFormat(),
                1 << 30,
                1,
                () -> Instant.parse("2026-03-01T10:00:00Z"));
    }

    @Override
    protected List<SinkFault> faults() {
        return List.of(
                SinkFault.failing("the folder has gone", () -> move(folder, away), () -> move(away, folder)),
                SinkFault.failing("the folder is a file", this::block, this::unblock));
    }

    private void block() {
        move(folder, away);
        try {
            Files.createFile(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unblock() {
        if (Files.exists(away)) {
            try {
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            move(away, folder);
        }
    }

    private static void move(Path from, Path to) {
        if (Files.exists(from) && !Files.exists(to)) {
            try {
                Files.move(from, to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    protected List<UUID> received() {
        try {
            return Files.readAllLines(folder.resolve("audit.jsonl")).stream()
                    .map(FileSinkChaosTest::id)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UUID id(String line) {
        try {
            return AuditEventJson.parse(line).id();
        } catch (MalformedRecordException e) {
            throw new AssertionError(line, e);
        }
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.NEVER;
    }
}
