package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.core.profile.ProfileChange.Kind;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.testkit.Together;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {

    private static final String YAML = """
        version: 1
        clients:
          - {id: claude, name: Claude}
        profiles:
          - id: reader
            client: claude
            grants:
              - {product: orders, operations: ['*'], methods: [GET]}
        credentials:
          - id: Ab12Cd34
            profile: reader
            hash: hmac-sha256:k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            created: 2026-01-01T00:00:00Z
            state: active
          - id: Ef56Gh78
            profile: reader
            hash: hmac-sha256:k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            created: 2026-01-01T00:00:00Z
            state: active
        """;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final List<ProfileChange> changes = new CopyOnWriteArrayList<>();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("profiles.yaml");
        Files.writeString(file, YAML);
    }

    @Test
    void a_mistake_at_the_start_refuses_to_load() throws IOException {
        Files.writeString(file, YAML.replace("client: claude", "client: nobody"));

        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 6, column 13: there is no client 'nobody'");
    }

    @Test
    void a_revoked_key_is_seen_by_the_next_lookup() throws IOException {
        ProfileFile store = open();
        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.ACTIVE);

        replace(revoked());

        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
        assertThat(state(store, "Ef56Gh78")).isEqualTo(State.ACTIVE);
        assertThat(store.status().current()).isTrue();
    }

    @Test
    void an_edit_in_place_of_equal_length_and_time_is_seen_within_the_stated_bound() throws IOException {
        clock.set(java.time.InstantSource.system().instant());
        ProfileFile store = open();
        FileTime time = Files.getLastModifiedTime(file);

        Files.writeString(file, YAML.replace("operations: ['*']", "operations: ['g']"));
        Files.setLastModifiedTime(file, time);

        clock.advance(Duration.ofMillis(200));
        assertThat(store.all().get(0).grants().get(0).operations().texts()).containsExactly("g");
    }

    @Test
    void a_longer_time_between_looks_is_kept_to() throws IOException {
        ProfileFile store = ProfileFile.builder(file, Set.of(), clock)
                .checkEvery(Duration.ofSeconds(5))
                .open();
        replace(revoked());

        clock.advance(Duration.ofMillis(4999));
        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.ACTIVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
    }

    @Test
    void a_broken_edit_keeps_the_last_good_state_and_says_what_is_wrong() throws IOException {
        ProfileFile store = open();
        Instant loadedAt = clock.instant();
        String version = store.status().version();
        clock.advance(Duration.ofMinutes(1));

        Files.writeString(file, YAML.replace("methods: [GET]", "methods: [get]").replace("clients:", "client:"));

        assertThat(store.all().get(0).grants().get(0).methods()).containsExactly("GET");
        ProfileFileStatus status = store.status();
        assertThat(status.current()).isFalse();
        assertThat(status.loadedAt()).isEqualTo(loadedAt);
        assertThat(status.version()).isEqualTo(version);
        assertThat(status.problems()).hasSize(3).first().asString().startsWith("line 2, column 1: the key 'client'");
        assertThat(changes).extracting(ProfileChange::kind).containsExactly(Kind.EDIT_REJECTED);
    }

    @Test
    void a_broken_edit_is_logged_once_line_by_line_and_again_when_it_is_another() throws IOException {
        ProfileFile store = open();

        String log = logOf(() -> {
            Files.writeString(file, YAML.replace("methods: [GET]", "methods: [get]"));
            for (int i = 0; i < 10; i++) {
                store.all();
                clock.advance(Duration.ofSeconds(1));
            }
        });
        String other = logOf(() -> {
            Files.writeString(file, YAML.replace("methods: [GET]", "methods: [post]"));
            store.all();
        });

        assertThat(log.lines().filter(line -> line.contains("WARN"))).hasSize(1);
        assertThat(log).contains("last good state").contains("\n  line 8, column 56: 'get' is not a valid 'methods'");
        assertThat(other).contains("'post'");
    }

    @Test
    void a_mended_file_is_taken_over() throws IOException {
        ProfileFile store = open();
        Files.writeString(file, "version: 1\nprofiles: {");
        assertThat(store.status().current()).isFalse();
        clock.advance(Duration.ofMinutes(1));

        Files.writeString(file, YAML.replace("id: reader", "id: reader\n    description: new"));

        assertThat(store.all().get(0).description()).isEqualTo("new");
        assertThat(store.status().current()).isTrue();
        assertThat(store.status().loadedAt()).isEqualTo(clock.instant());
    }

    @Test
    void a_broken_edit_cannot_hold_up_a_withdrawal() throws IOException {
        ProfileFile store = open();

        Files.writeString(
                file, YAML.replace("methods: [GET]", "methods: [get]").replaceFirst("state: active", "state: revoked"));

        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
        assertThat(state(store, "Ef56Gh78")).isEqualTo(State.ACTIVE);
        assertThat(store.status().current()).isFalse();
        assertThat(changes)
                .extracting(ProfileChange::kind)
                .containsExactly(Kind.EDIT_REJECTED, Kind.CREDENTIAL_REVOKED);
    }

    @Test
    void a_broken_edit_gives_nothing_back() throws IOException {
        Files.writeString(file, revoked());
        ProfileFile store = open();

        Files.writeString(file, YAML.replace("methods: [GET]", "methods: [get]"));

        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
    }

    @Test
    void a_deleted_file_keeps_the_last_good_state_with_its_revocations() throws IOException {
        Files.writeString(file, revoked());
        ProfileFile store = open();

        String log = logOf(() -> {
            Files.delete(file);
            for (int i = 0; i < 5; i++) {
                assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
                assertThat(store.find(new ProfileId("reader"))).isPresent();
            }
        });

        assertThat(log.lines().filter(line -> line.contains("WARN"))).hasSize(1);
        assertThat(store.status().problems()).hasSize(1).first().asString().contains("there is no file");
        Files.writeString(file, revoked());
        assertThat(store.status().current()).isTrue();
    }

    @Test
    void a_file_opened_to_everybody_is_rejected_until_it_is_closed_again() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                file.getFileSystem().supportedFileAttributeViews().contains("posix"));
        ProfileFile store = open();
        Files.writeString(file, revoked().replace("Claude", "Cl"));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(store.status().current()).isFalse();
        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);

        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        clock.advance(Duration.ofMillis(200));

        assertThat(store.status().current()).isTrue();
    }

    @Test
    void tells_what_changed_and_to_whom_it_belongs() throws IOException {
        ProfileFile store = open();
        String before = store.all().get(0).version();

        replace(revoked()
                .replace("{id: claude, name: Claude}", "{id: claude, name: Claude, state: suspended}")
                .replace("id: Ef56Gh78", "id: Zz999999"));
        String after = store.all().get(0).version();

        assertThat(changes)
                .containsExactly(
                        new ProfileChange(
                                Kind.CLIENT_CHANGED, "claude", "", "claude", "", "state ENABLED to SUSPENDED"),
                        new ProfileChange(
                                Kind.PROFILE_CHANGED,
                                "reader",
                                "reader",
                                "claude",
                                after,
                                "version " + before + " to " + after),
                        new ProfileChange(
                                Kind.CREDENTIAL_REVOKED, "Ab12Cd34", "reader", "claude", after, "active to revoked"),
                        new ProfileChange(
                                Kind.CREDENTIAL_ISSUED, "Zz999999", "reader", "claude", after, "live, active"),
                        new ProfileChange(Kind.CREDENTIAL_REMOVED, "Ef56Gh78", "reader", "claude", after, ""));
    }

    @Test
    void a_listener_that_fails_does_not_keep_a_change_from_taking_effect() throws IOException {
        ProfileFile store = ProfileFile.builder(file, Set.of(), clock)
                .listener(change -> {
                    changes.add(change);
                    throw new IllegalStateException("no");
                })
                .open();

        replace(revoked().replace("name: Claude", "name: C"));

        assertThat(state(store, "Ab12Cd34")).isEqualTo(State.REVOKED);
        assertThat(changes).hasSize(3);
    }

    @Test
    void grants_that_open_nothing_are_named() {
        ProfileFile store = open();

        assertThat(store.unknownTo(Set.of("orders"), Set.of("get-order"))).isEmpty();
        assertThat(store.unknownTo(Set.of("invoices"), Set.of("get-order")))
                .containsExactly("profile reader has a grant for product 'orders', which this service does not have");
        assertThat(store.unknownTo(Set.of("orders"), Set.of()))
                .containsExactly("profile reader has a grant for '*', which matches no operation of this service");
    }

    @Test
    void readers_see_whole_states_only_while_the_file_is_replaced() throws Exception {
        String other = YAML.replace("reader", "writer").replace("[GET]", "[POST]");
        ProfileFile store = open();
        AtomicBoolean done = new AtomicBoolean();
        Thread editor = new Thread(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    replace(i % 2 == 0 ? other : YAML);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        editor.start();

        List<Boolean> whole = Together.run(4, () -> {
            boolean all = true;
            while (!done.get()) {
                var profile = store.all().get(0);
                boolean reads = profile.grants().get(0).methods().contains("GET");
                all &= profile.id().value().equals(reads ? "reader" : "writer");
            }
            return all;
        });
        editor.join();

        assertThat(whole).containsOnly(true);
        assertThat(store.all().get(0).id().value()).isEqualTo("reader");
        assertThat(changes).extracting(ProfileChange::kind).doesNotContain(Kind.EDIT_REJECTED);
    }

    private ProfileFile open() {
        return ProfileFile.builder(file, Set.of(), clock).listener(changes::add).open();
    }

    private static State state(ProfileFile store, String key) {
        return store.find(key).orElseThrow().state();
    }

    private static String revoked() {
        return YAML.replaceFirst("state: active", "state: revoked");
    }

    /** As an editor does that writes beside the file and moves. */
    private void replace(String yaml) throws IOException {
        Path fresh = folder.resolve("fresh");
        Files.writeString(fresh, yaml);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    interface Step {
        void run() throws IOException;
    }

    private static String logOf(Step step) throws IOException {
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            step.run();
        } finally {
            System.setErr(console);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
