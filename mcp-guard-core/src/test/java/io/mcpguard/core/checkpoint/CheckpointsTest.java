package io.mcpguard.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.credential.Ed25519Key;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    Path temp;

    private SignedJournal signed;

    @BeforeEach
    void prepare() {
        signed = new SignedJournal(temp.resolve("audit"));
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1));
    }

    @Test
    void there_is_one_at_the_start_and_two_at_the_end_the_last_of_which_is_of_the_last_record() throws IOException {
        signed.process("getOrder", 3);

        List<AuditEvent> events = signed.events();
        List<SignedNote> notes = signed.notes();
        assertThat(events.stream().map(AuditEvent::method))
                .containsExactly(
                        "journal-started",
                        "checkpoint",
                        "tools/call",
                        "tools/call",
                        "tools/call",
                        "checkpoint",
                        "journal-stopped");
        assertThat(notes.stream().map(note -> note.checkpoint().mark().sequence()))
                .containsExactly(1L, 5L, 7L);
        assertThat(notes.get(2).checkpoint().mark().hash())
                .isEqualTo(events.get(6).link().orElseThrow().hash());
        assertThat(notes).allSatisfy(note -> {
            assertThat(note.checkpoint().origin()).isEqualTo("mcp-guard/orders/node-1");
            assertThat(signed.trusted(temp).worth(note)).isEqualTo(CheckpointKeys.Worth.VALID);
        });
    }

    @Test
    void whoever_gets_the_records_gets_the_notes_letter_by_letter() throws IOException {
        signed.process("getOrder", 1);

        List<AuditEvent> recorded =
                signed.events().stream().filter(CheckpointRecord::isOne).toList();
        assertThat(recorded).hasSize(2).allSatisfy(event -> {
            assertThat(event.stage()).isEqualTo(Stage.NOTICE);
            assertThat(event.arguments()).containsEntry("/key", "c1");
        });
        assertThat(recorded.stream().map(event -> CheckpointRecord.read(event).orElseThrow()))
                .isEqualTo(signed.notes().subList(0, 2));
    }

    @Test
    void enough_records_call_for_one() throws IOException {
        CheckpointSettings every = new CheckpointSettings("orders", Optional.of("n"), 10, Duration.ofDays(1));
        Journal journal = signed.open();
        try (Checkpoints checkpoints = signed.checkpoints(journal, every)) {
            soon().until(() -> checkpoints.status().made() == 1);
            for (long made = 1; made < 4; made++) {
                for (int i = 0; i < 10; i++) {
                    journal.append(signed.call("getOrder"));
                }
                long wanted = made + 1;
                soon().until(() -> checkpoints.status().made() >= wanted);
            }
        }
        assertThat(signed.verify(signed.trusted(temp)).journal().damages()).isEmpty();
    }

    @Test
    void time_calls_for_one_though_nothing_happens() throws IOException {
        CheckpointSettings often = new CheckpointSettings("orders", Optional.of("n"), 1_000, Duration.ofMillis(5));
        Journal journal = signed.open();
        try (Checkpoints checkpoints = signed.checkpoints(journal, often)) {
            soon().until(() -> checkpoints.status().made() >= 5);
        }

        CheckpointReport report = signed.verify(signed.trusted(temp));
        assertThat(report.journal().damages()).isEmpty();
        assertThat(report.verified()).isEqualTo(report.checkpoints()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void without_a_key_there_are_none_and_the_journal_works() throws IOException {
        Journal journal = signed.open();
        try (Checkpoints checkpoints = Checkpoints.start(
                journal,
                new MemoryKeySource(),
                SignedJournal.SELDOM,
                signed.clock,
                new Uuid7(signed.clock, new SecureRandom()))) {
            soon().until(() -> !checkpoints.status().enabled());
            journal.append(signed.call("getOrder"));
            assertThat(checkpoints.status().made()).isZero();
        }

        assertThat(signed.noteFile()).doesNotExist();
        assertThat(signed.events()).hasSize(3);
        CheckpointReport report = signed.verify(CheckpointKeys.none());
        assertThat(report.journal().isWhole()).isTrue();
        assertThat(report.latest()).isEmpty();
    }

    @Test
    void a_key_that_fails_stops_no_call_is_told_and_is_tried_again() throws IOException {
        AtomicBoolean down = new AtomicBoolean(true);
        KeySource failing = new Keys(signed.keys) {
            @Override
            public Optional<SigningKey> signing() {
                if (down.get()) {
                    throw new StoreUnavailableException("the vault is down", null);
                }
                return super.signing();
            }
        };
        Journal journal = signed.open();
        try (Checkpoints checkpoints = start(journal, failing)) {
            soon().until(() -> checkpoints.status().failures() == 1);
            assertThat(checkpoints.status().failure().orElseThrow()).contains("the vault is down");
            journal.append(signed.call("getOrder"));
            soon().until(() -> checkpoints.status().failures() == 2);

            down.set(false);
            journal.append(signed.call("getOrder"));
            soon().until(() -> checkpoints.status().made() == 1);
            assertThat(checkpoints.status().failure()).isEmpty();
            assertThat(checkpoints.status().failures()).isEqualTo(2);
        }
        assertThat(signed.verify(signed.trusted(temp)).journal().damages()).isEmpty();
    }

    @Test
    void a_key_that_hangs_holds_up_no_call() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        KeySource hanging = new Keys(signed.keys) {
            @Override
            public Optional<SigningKey> signing() {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new StoreUnavailableException("interrupted", e);
                }
                return super.signing();
            }
        };
        Journal journal = signed.open();
        try (Checkpoints checkpoints = start(journal, hanging)) {
            asked.await();
            for (int i = 0; i < 100; i++) {
                journal.append(signed.call("getOrder"));
            }
            assertThat(checkpoints.status().made()).isZero();
            answer.countDown();
        }
        assertThat(signed.notes()).hasSize(3);
    }

    @Test
    void a_disk_that_fails_stops_no_call_and_is_tried_again() throws IOException {
        Journal journal = signed.open();
        Files.createDirectory(signed.noteFile());
        try (Checkpoints checkpoints = signed.checkpoints(journal)) {
            soon().until(() -> checkpoints.status().failures() == 1);
            journal.append(signed.call("getOrder"));
            soon().until(() -> checkpoints.status().failures() == 2);
            Files.delete(signed.noteFile());
            journal.append(signed.call("getOrder"));
            soon().until(() -> checkpoints.status().made() == 1);
        }
        assertThat(signed.verify(signed.trusted(temp)).journal().damages()).isEmpty();
    }

    @Test
    void a_signature_that_the_public_half_refuses_is_never_kept() throws IOException {
        KeySource lying = new Keys(signed.keys) {
            @Override
            public Optional<SigningKey> signing() {
                return Optional.of(new Liar(signed.key));
            }
        };
        Journal journal = signed.open();
        try (Checkpoints checkpoints = start(journal, lying)) {
            soon().until(() -> checkpoints.status().failures() == 1);
        }

        assertThat(signed.noteFile()).doesNotExist();
    }

    @Test
    void a_clock_that_goes_back_an_hour_leaves_order_chain_and_checkpoints_whole() throws IOException {
        Journal journal = signed.open();
        try (Checkpoints checkpoints = signed.checkpoints(
                journal, new CheckpointSettings("orders", Optional.of("n"), 1, Duration.ofDays(1)))) {
            for (int i = 1; i <= 3; i++) {
                long made = i;
                soon().until(() -> checkpoints.status().made() >= made);
                signed.clock.goBack(Duration.ofHours(1));
                journal.append(signed.call("getOrder"));
            }
        }

        List<AuditEvent> events = signed.events();
        List<Long> sequences = new ArrayList<>();
        events.forEach(event -> sequences.add(event.link().orElseThrow().sequence()));
        assertThat(sequences).isSorted().doesNotHaveDuplicates().startsWith(1L);
        assertThat(events.stream().map(AuditEvent::id)).doesNotHaveDuplicates();
        assertThat(events.get(0).time())
                .isAfter(events.get(events.size() - 1).time().plus(Duration.ofHours(2)));
        CheckpointReport report = signed.verify(signed.trusted(temp));
        assertThat(report.journal().damages()).isEmpty();
        assertThat(report.verified()).isEqualTo(report.checkpoints());
        assertThat(report.journal().remarks()).anyMatch(remark -> remark.contains("the clock had gone back"));
    }

    @Test
    void half_a_note_of_a_killed_process_is_no_damage_and_is_cut_off_by_the_next() throws IOException {
        signed.process("getOrder", 1);
        byte[] whole = Files.readAllBytes(signed.noteFile());
        int noteBytes = signed.notes().get(2).block().length;
        for (int length : List.of(1, 30, 200, noteBytes - 1)) {
            byte[] half = Arrays.copyOfRange(whole, whole.length - noteBytes, whole.length - noteBytes + length);
            Files.write(signed.noteFile(), half, StandardOpenOption.APPEND);

            CheckpointReport killed = signed.verify(signed.trusted(temp));
            assertThat(killed.journal().damages()).as("%d bytes", length).isEmpty();
            assertThat(killed.journal().remarks())
                    .anyMatch(remark -> remark.contains(length + " bytes of a checkpoint"));

            signed.process("getOrder", 1);
            CheckpointReport after = signed.verify(signed.trusted(temp));
            assertThat(after.journal().damages()).isEmpty();
            assertThat(after.journal().remarks()).isEmpty();
            whole = Files.readAllBytes(signed.noteFile());
            noteBytes = signed.notes().get(signed.notes().size() - 1).block().length;
        }
    }

    @Test
    void after_a_change_of_keys_the_old_one_verifies_what_it_signed() throws IOException {
        signed.process("getOrder", 1);
        Ed25519Key next = Ed25519Key.generate("c2", new SecureRandom());
        signed.keys.signWith(next);
        signed.process("getOrder", 1);
        CheckpointKeys old = signed.trusted(temp);
        CheckpointKeys both =
                old.and(SignedJournal.trusted(temp, next, signed.notes().get(0)));

        CheckpointReport withBoth = signed.verify(both);
        CheckpointReport withOld = signed.verify(old);

        assertThat(withBoth.journal().damages()).isEmpty();
        assertThat(withBoth.verified()).isEqualTo(6);
        assertThat(withOld.verified()).isEqualTo(3);
        assertThat(withOld.journal().damages())
                .hasSize(3)
                .extracting(JournalDamage::kind)
                .containsOnly(Kind.FOREIGN);
    }

    @Test
    void verification_beside_a_busy_journal_finds_no_damage() throws IOException {
        CheckpointSettings often = new CheckpointSettings("orders", Optional.of("n"), 5, Duration.ofMillis(3));
        Journal journal = signed.open();
        AtomicBoolean stop = new AtomicBoolean();
        Thread busy = new Thread(() -> {
            while (!stop.get()) {
                journal.append(signed.call("getOrder"));
                LockSupport.parkNanos(2_000_000);
            }
        });
        try (Checkpoints checkpoints = signed.checkpoints(journal, often)) {
            soon().until(() -> checkpoints.status().made() > 0);
            busy.start();
            for (int i = 0; i < 10; i++) {
                assertThat(signed.verify(signed.trusted(temp)).journal().damages())
                        .isEmpty();
            }
            stop.set(true);
            soon().until(() -> !busy.isAlive());
        }
        assertThat(signed.verify(signed.trusted(temp)).journal().damages()).isEmpty();
    }

    private Checkpoints start(Journal journal, KeySource keys) {
        return Checkpoints.start(
                journal,
                keys,
                SignedJournal.SELDOM,
                signed.clock,
                new Uuid7(signed.clock, new SecureRandom()),
                Duration.ofMillis(2));
    }

    /** Hands on to other keys. */
    private static class Keys implements KeySource {

        private final KeySource keys;

        Keys(KeySource keys) {
            this.keys = keys;
        }

        @Override
        public Optional<NamedKey> current(Purpose purpose) {
            return keys.current(purpose);
        }

        @Override
        public Optional<NamedKey> find(Purpose purpose, String id) {
            return keys.find(purpose, id);
        }

        @Override
        public Optional<SigningKey> signing() {
            return keys.signing();
        }
    }

    /** Signs something else than it is given. */
    private record Liar(SigningKey key) implements SigningKey {

        @Override
        public String id() {
            return key.id();
        }

        @Override
        public PublicKey publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return key.sign(new byte[] {1});
        }
    }
}
