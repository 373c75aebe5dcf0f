package io.mcpguard.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.cli.GuardCommand;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.home.LookupRecords;
import io.mcpguard.core.mask.ValueHash;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditHashCommandTest {

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void home() {
        assertThat(run("", "init")).isZero();
    }

    private Path keys() {
        return folder.resolve("keys");
    }

    private String hash(String value) {
        NamedKey key = new FileKeySource(keys()).current(Purpose.AUDIT_MASK).orElseThrow();
        return new ValueHash(key, "").of("getOrder", "/path/orderId", value);
    }

    @Test
    void says_what_stands_in_the_trail_for_a_value() {
        assertThat(run("4711\n", "audit", "hash", "--operation", "getOrder", "--pointer", "/path/orderId"))
                .isZero();

        assertThat(out).isEqualTo(hash("4711") + System.lineSeparator());
    }

    @Test
    void every_older_key_has_its_line_behind_the_current_one() throws IOException {
        Path fresh = FileKeySource.create(keys(), Purpose.AUDIT_MASK, new SecureRandom());
        String id = fresh.getFileName().toString().replace("audit-mask-", "").replace(".key", "");
        Files.writeString(keys().resolve("audit-mask.current"), id);

        assertThat(run("Zo\u00eb", "audit", "hash", "--operation", "getOrder", "--pointer", "/path/orderId"))
                .isZero();

        assertThat(out.lines()).hasSize(2).doesNotHaveDuplicates();
        assertThat(out.lines().findFirst()).contains(hash("Zo\u00eb"));
        assertThat(hash("Zo\u00eb")).startsWith("hmac-sha256:" + id + ":");
    }

    @Test
    void values_that_correlate_have_a_hash_of_their_own() {
        assertThat(run("4711", "audit", "hash", "--correlate", "order-id", "--tenant", "emea"))
                .isZero();

        NamedKey key = new FileKeySource(keys()).current(Purpose.AUDIT_MASK).orElseThrow();
        assertThat(out.strip()).isEqualTo(new ValueHash(key, "emea").correlated("order-id", "4711"));
    }

    @Test
    void a_look_up_is_on_record_and_the_value_is_not() throws IOException {
        run("alice-4711", "audit", "hash", "--operation", "getOrder", "--pointer", "/path/orderId");
        run("bob-4712", "audit", "hash", "--correlate", "order-id");

        List<AuditEvent> looked = lookedUp();
        assertThat(looked).hasSize(2);
        assertThat(looked.get(0).channel()).isEqualTo(Channel.ADMIN);
        assertThat(looked.get(0).target().operationId()).isEqualTo("getOrder");
        assertThat(looked.get(0).caller().principal()).contains(System.getProperty("user.name"));
        assertThat(looked.get(0).arguments()).containsOnlyKeys("/pointer").containsValue("/path/orderId");
        assertThat(looked.get(1).arguments()).containsOnlyKeys("/correlate").containsValue("order-id");
        assertThat(looked.toString()).doesNotContain("alice", "bob", hash("alice-4711"));
        assertThat(run(
                        "",
                        "audit",
                        "verify",
                        folder.resolve(LookupRecords.FOLDER).toString()))
                .isZero();
    }

    @Test
    void nothing_is_shown_that_could_not_be_recorded() throws IOException {
        Files.writeString(folder.resolve(LookupRecords.FOLDER), "in the way");

        assertThat(run("4711", "audit", "hash", "--operation", "getOrder", "--pointer", "/path/orderId"))
                .isEqualTo(1);

        assertThat(out).isEmpty();
        assertThat(err).contains(LookupRecords.FOLDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--operation getOrder",
                "--pointer /path/orderId",
                "--operation getOrder --pointer 4711",
                "--operation getOrder --pointer /path/orderId --correlate order-id",
                "--correlate Order!",
                ""
            })
    void what_is_not_a_place_of_a_value_is_refused_and_not_recorded(String options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("audit", "hash"));
        Stream.of(options.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);

        assertThat(run("4711", arguments.toArray(String[]::new))).isEqualTo(2);

        assertThat(out).isEmpty();
        assertThat(folder.resolve(LookupRecords.FOLDER)).doesNotExist();
    }

    @Test
    void without_a_value_nothing_is_looked_up() {
        assertThat(run("", "audit", "hash", "--correlate", "order-id")).isEqualTo(2);
        assertThat(err).contains("no value on standard input");
    }

    private List<AuditEvent> lookedUp() throws IOException {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events =
                new JournalReader(folder.resolve(LookupRecords.FOLDER), damage::add).events()) {
            List<AuditEvent> looked =
                    events.filter(event -> event.channel() == Channel.ADMIN).toList();
            assertThat(damage).isEmpty();
            return looked;
        }
    }

    private int run(String typed, String... arguments) {
        StringWriter shown = new StringWriter();
        StringWriter told = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("verify")) {
            all.add("--home");
            all.add(folder.toString());
        }
        int code = GuardCommand.run(
                new SettableClock(),
                new SecureRandom(),
                new ByteArrayInputStream(typed.getBytes(UTF_8)),
                new PrintWriter(shown, true),
                new PrintWriter(told, true),
                all.toArray(String[]::new));
        out = shown.toString();
        err = told.toString();
        return code;
    }
}
