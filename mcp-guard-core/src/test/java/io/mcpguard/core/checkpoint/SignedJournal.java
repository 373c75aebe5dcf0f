package io.mcpguard.core.checkpoint;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.checkpoint.NoteScanner.Found;
import io.mcpguard.core.credential.Ed25519Key;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A journal with checkpoints, written and read by tests. */
final class SignedJournal {

    static final CheckpointSettings SELDOM =
            new CheckpointSettings("orders", Optional.of("node-1"), 1_000_000, Duration.ofDays(1));

    final Path folder;
    final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T14:00:00.123456Z"));
    final MemoryKeySource keys = new MemoryKeySource();
    final Ed25519Key key;
    private final Uuid7 journalIds = new Uuid7(clock, new Random(7));
    private final Uuid7 ids = new Uuid7(clock, new Random(8));

    SignedJournal(Path folder) {
        this(folder, Ed25519Key.generate("c1", new SecureRandom()));
    }

    SignedJournal(Path folder, Ed25519Key key) {
        this.folder = folder;
        this.key = key;
        keys.signWith(key);
    }

    Journal open() {
        return Journal.builder(folder, clock, journalIds)
                .appendDeadline(Duration.ofSeconds(60))
                .segmentBytes(4_000)
                .open();
    }

    Checkpoints checkpoints(Journal journal) {
        return checkpoints(journal, SELDOM);
    }

    Checkpoints checkpoints(Journal journal, CheckpointSettings settings) {
        return Checkpoints.start(journal, keys, settings, clock, ids, Duration.ofMillis(2));
    }

    /** One process from start to stop: a checkpoint, calls, and two more checkpoints at the end. */
    SignedJournal process(String operation, int calls) {
        Journal journal = open();
        try (Checkpoints checkpoints = checkpoints(journal)) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> checkpoints.status().made() > 0);
            for (int i = 0; i < calls; i++) {
                journal.append(call(operation));
                clock.advance(Duration.ofSeconds(1));
            }
        }
        return this;
    }

    Uuid7 moreIds() {
        return new Uuid7(clock, new Random(9));
    }

    AuditEvent call(String operation) {
        UUID id = ids.next();
        return new AuditEvent(
                id,
                id,
                Stage.DENIED,
                clock.instant(),
                Channel.MCP,
                "tools/call",
                new AuditTarget(operation, "GET /orders"),
                new AuditCaller("claude", "reader", "1", Optional.empty(), Optional.empty()),
                new AuditVerdict(false, "operation-not-available", "", Optional.empty()),
                AuditResult.ofStatus(404, Duration.ofMillis(1)),
                AuditSource.of("127.0.0.1", 1),
                Map.of(),
                Optional.empty());
    }

    List<Found> found() throws IOException {
        return NoteList.growing(folder).notes();
    }

    List<SignedNote> notes() throws IOException {
        return found().stream().map(Found::note).toList();
    }

    Path noteFile() {
        return folder.resolve(NoteFile.NAME);
    }

    List<AuditEvent> events() throws IOException {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(folder, damage::add).events()) {
            List<AuditEvent> all = events.toList();
            if (!damage.isEmpty()) {
                throw new IOException(String.join("; ", damage));
            }
            return all;
        }
    }

    /** The one public key, in a file as an operator keeps it. */
    CheckpointKeys trusted(Path temp) throws IOException {
        return trusted(temp, key, notes().get(0));
    }

    static CheckpointKeys trusted(Path temp, SigningKey key, SignedNote note) throws IOException {
        Path file = temp.resolve(key.id() + ".vkey");
        Files.writeString(
                file, CheckpointKey.of(key.publicKey()).line(note.checkpoint().origin()) + "\n");
        return CheckpointKeys.in(List.of(file));
    }

    CheckpointReport verify(CheckpointKeys with, Path... outside) throws IOException {
        return new CheckpointVerifier(folder, with, !with.isEmpty()).verify(List.of(outside));
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
