package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.MalformedRecordException;
import io.mcpguard.core.audit.Uuid7;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-21T14:00:00Z");

    @TempDir
    Path temp;

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final Uuid7 ids = new Uuid7(clock, new Random(1));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder = Path.of("");
    private UUID denied = new UUID(0, 0);

    @BeforeEach
    void write() {
        folder = temp.resolve("audit");
        denied = ids.next();
        try (Journal journal = Journal.builder(folder, clock, ids).open()) {
            call(journal, "claude", "developer-readonly", "getOrder", YESTERDAY.plusSeconds(60));
            call(journal, "claude", "developer-readonly", "listOrders", YESTERDAY.plusSeconds(3600));
            call(journal, "chatbot", "support-chatbot", "getOrder", YESTERDAY.plusSeconds(7200));
            journal.append(
                    event(denied, Stage.DENIED, "evil\u001b[2J\u202e\r\n", "support-chatbot", "deleteOrder", NOW));
            journal.append(event(ids.next(), Stage.INTENT, "claude", "developer-readonly", "slowReport", NOW));
        }
    }

    @Test
    void answers_what_a_client_did_yesterday_between_two_times() {
        int code = run(
                "query",
                "--journal",
                folder.toString(),
                "--client",
                "claude",
                "--from",
                "yesterday 14:00",
                "--to",
                "yesterday 15:00");

        assertThat(code).isZero();
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).matches("TIME +STAGE +VIA +CLIENT +PROFILE +OPERATION +DECISION +STATUS +MS +CALL");
        assertThat(lines().get(1))
                .matches(
                        "2026-11-21 14:01:00.000  intent +MCP  claude  developer-readonly  getOrder +allow +- +- +.{36}");
        assertThat(lines().get(2))
                .matches(
                        "2026-11-21 14:01:00.000  outcome  MCP  claude  developer-readonly  getOrder +allow +200 +12 +.{36}");
    }

    @Test
    void every_option_narrows() throws MalformedRecordException {
        assertThat(json("--operation", "getOrder")).hasSize(4);
        assertThat(json("--profile", "support-chatbot")).hasSize(3);
        assertThat(json("--principal", "svc-claude")).hasSize(5);
        assertThat(json("--decision", "deny")).hasSize(1);
        assertThat(json("--decision", "allow", "--stage", "OUTCOME")).hasSize(3);
        assertThat(json("--call", denied.toString())).hasSize(1);
        assertThat(json("--from", "2026-11-22", "--zone", "Z")).hasSize(4);
        assertThat(json("--from", "2026-11-21T17:00", "--to", "2026-11-21T17:30", "--zone", "+02:00"))
                .hasSize(2);
        assertThat(json("--client", "nobody")).isEmpty();
        assertThat(json("--channel", "SELF")).hasSize(2);
        assertThat(json("--channel", "MCP")).hasSize(8);
        assertThat(json("--status", "4xx")).hasSize(1);
        assertThat(json("--status", "404")).hasSize(1);
        assertThat(json("--status", "200-299")).hasSize(3);
        assertThat(json("--status", "500-599")).isEmpty();
        assertThat(json("--text", "SLOWrep")).hasSize(1);
        assertThat(json("--text", "nowhere")).isEmpty();
    }

    @Test
    void json_is_one_canonical_event_a_line_with_its_link() throws MalformedRecordException {
        List<AuditEvent> events = json();

        assertThat(events).hasSize(10);
        assertThat(events).allSatisfy(event -> assertThat(event.link()).isPresent());
        assertThat(events.get(7).caller().clientId()).isEqualTo("evil\u001b[2J\u202e\r\n");
    }

    @Test
    void nothing_from_a_record_reaches_the_terminal_but_visible_characters() {
        for (String format : List.of("table", "text", "json")) {
            out.getBuffer().setLength(0);

            assertThat(run("query", folder.toString(), "--format", format)).isZero();

            assertThat(out.toString()).contains("\\u001b[2J\\u202e").matches("(?s)[ -~\n]+");
        }
    }

    @Test
    void formats_of_log_services_are_one_record_a_line() {
        for (String format : List.of("ocsf", "ecs", "cef", "leef", "syslog")) {
            out.getBuffer().setLength(0);

            int code = run(
                    "query",
                    folder.toString(),
                    "--format",
                    format,
                    "--service",
                    "orders",
                    "--node",
                    "node-1",
                    "--enterprise-number",
                    "32473");

            assertThat(code).isZero();
            assertThat(lines()).hasSize(10).allMatch(line -> line.contains("orders") && line.contains("node-1"));
            assertThat(out.toString()).contains("u001b[2J").matches("(?s)[ -~\t\n]+");
        }
        assertThat(lines()).allMatch(line -> line.startsWith("<1") && line.contains("[mcpGuard@32473 "));
    }

    @Test
    void a_format_says_what_it_needs_that_no_record_holds() {
        assertThat(run("query", folder.toString(), "--format", "ocsf")).isEqualTo(2);
        assertThat(err.toString()).contains("--service");
        err.getBuffer().setLength(0);

        assertThat(run("query", folder.toString(), "--format", "syslog", "--service", "orders"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--enterprise-number");
        err.getBuffer().setLength(0);

        assertThat(run("query", folder.toString(), "--format", "cef", "--service", "two words"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("service is 1 to 255 visible ASCII characters");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void csv_is_a_table_whose_cells_are_no_formulas() {
        assertThat(run("query", folder.toString(), "--format", "csv")).isZero();

        List<String> rows = List.of(out.toString().split("\r\n", -1));
        assertThat(rows).hasSize(12).last().isEqualTo("");
        assertThat(rows.get(0))
                .startsWith("time,stage,channel,method,operation,")
                .endsWith(",chain,sequence,hash");
        long columns = rows.get(0).chars().filter(c -> c == ',').count();
        assertThat(rows.subList(1, 11))
                .allMatch(row -> row.matches("[ -~]+"))
                .allMatch(row -> row.chars().filter(c -> c == ',').count() == columns)
                .anyMatch(row -> row.contains("\"evil\\u001b[2J\\u202e\\u000d\\u000a\""))
                .anyMatch(row -> row.contains("\"SUCCESS\",200,,12,,,"));
    }

    @Test
    void a_reader_that_goes_away_ends_the_query_quietly() {
        try (Journal journal = Journal.builder(folder, clock, ids)
                .levels(AuditLevels.all(AuditLevel.PROCESS))
                .open()) {
            for (int i = 0; i < 2_000; i++) {
                call(journal, "claude", "p", "getOrder", NOW);
            }
        }
        ClosedPipe pipe = new ClosedPipe(100_000);
        CommandLine line = AuditCommand.line(clock, new SecureRandom(), ZoneOffset.UTC, name -> null);
        line.setOut(new PrintWriter(pipe));
        line.setErr(new PrintWriter(err, true));

        assertThat(line.execute("query", folder.toString(), "--format", "json")).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(pipe.written).isLessThan(600_000);
    }

    /** Takes so many characters, and then nobody is there. */
    private static final class ClosedPipe extends Writer {

        private final int room;
        private int written;

        ClosedPipe(int room) {
            this.room = room;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            written += length;
            if (written > room) {
                throw new IOException("Broken pipe");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void a_status_that_is_none_is_a_mistake() {
        for (String status : List.of("40x", "6xx", "4", "500-400", "all")) {
            assertThat(run("query", folder.toString(), "--status", status)).isEqualTo(2);
        }
        assertThat(err.toString()).contains("--status is a status such as 404");
    }

    @Test
    void verify_says_what_is_there_and_that_it_is_whole() {
        assertThat(run("verify", folder.toString())).isZero();

        assertThat(lines())
                .contains("Records   10", "Chains    1 in 1 files", "Calls     5", "Orphans   0")
                .contains("Open      1: they are running, or their process died and none has started since")
                .last()
                .asString()
                .startsWith("Whole: ");
    }

    @Test
    void verify_names_orphans_after_the_next_start() {
        Journal.builder(folder, clock, ids).open().close();

        assertThat(run("verify", "--journal", folder.toString())).isZero();

        assertThat(lines()).contains("Orphans   1: their process died before they ended", "Open      0");
    }

    @Test
    void verify_names_each_damage_and_exits_with_1() throws IOException {
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("listOrders")] ^= 1;
        Files.write(segment, bytes);

        assertThat(run("verify", folder.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains("DAMAGED in 1 place:")
                .contains("EDITED  " + segment.getFileName() + " at byte ")
                .contains("Record 4 cannot be read.");
        assertThat(run("query", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("1 places of the journal cannot be read");
    }

    @Test
    void both_work_while_the_journal_is_open() {
        try (Journal journal = Journal.builder(folder, clock, ids).open()) {
            journal.append(event(ids.next(), Stage.DENIED, "late", "p", "getOrder", NOW));

            assertThat(run("verify", folder.toString())).isZero();
            assertThat(run("query", folder.toString(), "--client", "late")).isZero();
            assertThat(out.toString()).contains("late");
        }
    }

    @Test
    void finds_the_folder_in_the_environment() {
        assertThat(run(Map.of("MCP_GUARD_AUDIT", folder.toString()), "verify")).isZero();
        assertThat(run(Map.of("MCP_GUARD_HOME", temp.toString()), "verify")).isZero();
    }

    @Test
    void exits_with_2_when_there_is_no_journal_or_a_time_is_none() {
        assertThat(run("verify", temp.resolve("none").toString())).isEqualTo(2);
        assertThat(run("query", temp.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("There is no readable audit journal in")
                .contains("--journal");

        assertThat(run("query", folder.toString(), "--from", "teatime")).isEqualTo(2);
        assertThat(run("query", folder.toString(), "--zone", "Mars")).isEqualTo(2);
        assertThat(err.toString()).contains("'teatime' is no time").contains("--zone is a name");
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine line = AuditCommand.line(clock, new SecureRandom(), ZoneOffset.UTC, environment::get);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private List<AuditEvent> json(String... options) throws MalformedRecordException {
        out.getBuffer().setLength(0);
        String[] all = Stream.concat(
                        Stream.of("query", "--journal", folder.toString(), "--format", "json"), Stream.of(options))
                .toArray(String[]::new);
        assertThat(run(all)).isZero();
        List<AuditEvent> events = new java.util.ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            events.add(AuditEventJson.parse(line));
        }
        return events;
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void call(Journal journal, String client, String profile, String operation, Instant time) {
        UUID call = ids.next();
        journal.append(event(call, Stage.INTENT, client, profile, operation, time));
        journal.append(event(call, Stage.OUTCOME, client, profile, operation, time));
    }

    private AuditEvent event(UUID call, Stage stage, String client, String profile, String operation, Instant time) {
        boolean allowed = stage != Stage.DENIED;
        return new AuditEvent(
                ids.next(),
                call,
                stage,
                time,
                Channel.MCP,
                "tools/call",
                new AuditTarget(operation, "GET /orders/{orderId}"),
                new AuditCaller(client, profile, "1", Optional.of("svc-" + client), Optional.empty()),
                new AuditVerdict(
                        allowed, allowed ? "allowed" : "operation-not-available", "grant:orders", Optional.empty()),
                stage == Stage.INTENT
                        ? AuditResult.pending()
                        : AuditResult.ofStatus(allowed ? 200 : 404, Duration.ofMillis(12)),
                AuditSource.of("127.0.0.1", 4000),
                Map.of(),
                Optional.empty());
    }
}
