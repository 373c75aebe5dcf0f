package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecordSourceTest {

    private static final Map<String, String> PASSWORD = Map.of(RecordSource.PASSWORD_VARIABLE, KeptPlaces.PASSWORD);

    @TempDir
    Path temp;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() {
        Journal.builder(temp.resolve("kept"), clock, new Uuid7(clock, new Random(1)))
                .open()
                .close();
    }

    @Test
    void reads_what_a_sink_has_kept_elsewhere() {
        assertThat(query(PASSWORD, "--source-setting", "user=auditor")).isZero();

        assertThat(out.toString()).contains("notice").contains("SELF");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void says_what_the_place_says() {
        assertThat(query(Map.of(), "--source-setting", "user=auditor")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("The place lets nobody in.\n");

        assertThat(query(PASSWORD, "--source-setting", "user=root")).isEqualTo(2);
        assertThat(err.toString()).contains("it has no user of that name");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_password_on_the_command_line_is_refused_and_not_repeated() {
        assertThat(query(Map.of(), "--source-setting", "password=secret1")).isEqualTo(2);
        assertThat(run(Map.of(), "query", "--source", "kept:x?Password=secret2"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("MCP_GUARD_SOURCE_PASSWORD").doesNotContain("secret");
    }

    @Test
    void an_address_that_nobody_knows_is_a_mistake_and_its_secrets_are_not_shown() {
        assertThat(run(Map.of(), "query", "--source", "ftp://joe:hunter2@host/x?token=hunter3"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("Nothing here reads ftp://host/x.")
                .contains("MCP_GUARD_PLUGINS")
                .doesNotContain("hunter");
    }

    @Test
    void records_are_read_from_one_place() {
        assertThat(run(PASSWORD, "query", "--source", "kept:x", "--journal", "y"))
                .isEqualTo(2);
        assertThat(run(PASSWORD, "query", "--journal", "y", "--source-setting", "user=auditor"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("read from one place").contains("and there is none");
    }

    private int query(Map<String, String> environment, String... more) {
        String[] all = Stream.concat(Stream.of("query", "--source", "kept:" + temp.resolve("kept")), Stream.of(more))
                .toArray(String[]::new);
        return run(environment, all);
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine line = AuditCommand.line(clock, new SecureRandom(), ZoneOffset.UTC, environment::get);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
