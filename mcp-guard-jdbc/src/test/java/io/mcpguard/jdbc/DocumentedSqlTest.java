package io.mcpguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What docs/audit-jdbc.md shows is what is tested here: the tests run its statements. */
class DocumentedSqlTest {

    private static final Path PAGE = Path.of("../docs/audit-jdbc.md");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);

    private final String table = TestDatabase.newTable();

    /** The statement that begins so, with the table of this test in it. */
    private String documented(String beginning) {
        return blocks().stream()
                .filter(block -> block.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .replace("mcp_guard_audit", table);
    }

    private static List<String> blocks() {
        try {
            Matcher block = SQL.matcher(Files.readString(PAGE));
            return block.results().map(result -> result.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_statement_says_what_a_client_did_yesterday_over_rest_and_mcp(EachDatabase which) {
        TestDatabase database = which.get();
        String question = which == EachDatabase.H2
                ? documented("SELECT time_utc").replace("CURRENT_DATE", "CAST(CURRENT_DATE AS TIMESTAMP)")
                : documented("SELECT time_utc");
        LocalDate today;
        List<List<String>> found;
        List<AuditEvent> wanted;
        do {
            today = LocalDate.parse(database.ask("SELECT CURRENT_DATE").get(0).get(0));
            wanted = List.of(
                    call("claude-assistant", Channel.MCP, today, "14:00:00"),
                    call("claude-assistant", Channel.REST, today, "14:30:00.000001"),
                    call("claude-assistant", Channel.MCP, today, "15:59:59.999999"));
            List<AuditEvent> events = new ArrayList<>(wanted);
            events.add(call("claude-assistant", Channel.MCP, today, "13:59:59.999999"));
            events.add(call("claude-assistant", Channel.REST, today, "16:00:00"));
            events.add(call("claude-assistant-2", Channel.MCP, today, "15:00:00"));
            events.add(call("claude-assistant", Channel.MCP, today.plusDays(1), "15:00:00"));
            try (AuditSink sink = database.sink(table)) {
                sink.write(events);
            }
            found = database.ask(question);
            // Midnight may have come in between, once.
        } while (!today.toString()
                .equals(database.ask("SELECT CURRENT_DATE").get(0).get(0)));

        assertThat(found)
                .extracting(row -> row.get(row.size() - 1))
                .containsExactlyElementsOf(
                        wanted.stream().map(event -> event.callId().toString()).toList());
        assertThat(found).extracting(row -> row.get(1)).containsExactly("MCP", "REST", "MCP");
    }

    private static AuditEvent call(String client, Channel channel, LocalDate today, String time) {
        Instant when = today.minusDays(1).atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
        return SomeEvents.call(client, channel, "getOrder", when);
    }

    @ParameterizedTest
    @EnumSource
    void calls_that_passed_a_value_are_found_by_it(EachDatabase which) {
        TestDatabase database = which.get();
        try (AuditSink sink = database.sink(table)) {
            sink.write(SomeEvents.events(2));
            sink.write(List.of(SomeEvents.saying("other")));
        }

        assertThat(database.ask(documented("SELECT e.time_utc"))).hasSize(2);
    }

    @Test
    void the_question_is_answered_from_the_index_of_clients() {
        TestDatabase database = Databases.postgres();
        LocalDate today =
                LocalDate.parse(database.ask("SELECT CURRENT_DATE").get(0).get(0));
        try (AuditSink sink = database.sink(table)) {
            sink.write(IntStream.range(0, 400)
                    .mapToObj(i -> call("client-" + i, Channel.MCP, today, "15:00:00"))
                    .toList());
        }
        database.execute("ANALYZE " + table);

        PGSimpleDataSource withoutScans = Databases.postgres(Databases.postgresPort(), "postgres");
        withoutScans.setOptions("-c enable_seqscan=off");

        assertThat(String.valueOf(
                        new TestDatabase(withoutScans, "", "postgres").ask("EXPLAIN " + documented("SELECT time_utc"))))
                .contains(table + "_client");
    }

    @Test
    void the_statements_shown_are_those_in_the_jar() throws IOException {
        String shipped = Files.readString(Path.of("src/main/resources/io/mcpguard/jdbc/postgresql.sql"));

        assertThat(blocks()).contains(shipped.strip());
    }

    @Test
    void what_is_written_otherwise_in_h2_is_said() throws IOException {
        assertThat(Files.readString(PAGE)).contains("in H2 write `CAST(CURRENT_DATE AS TIMESTAMP)` for `CURRENT_DATE`");
    }

    @Test
    void every_column_is_explained() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(EventRow.columns()).allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
    }

    @Test
    void tables_partitioned_as_shown_keep_events() {
        TestDatabase database = Databases.postgres();
        List<AuditEvent> march = SomeEvents.events(5);
        List<AuditEvent> later = List.of(
                SomeEvents.call("claude-assistant", Channel.MCP, "getOrder", Instant.parse("2026-05-01T00:00:00Z")));
        try (AuditSink sink = database.sink(table)) {
            sink.write(SomeEvents.events(1));
        }
        database.execute(documented("CREATE TABLE mcp_guard_audit_by_month").split(";\n"));
        String partitioned = table + "_by_month";

        try (AuditSink sink =
                JdbcAuditSink.builder(database.source()).table(partitioned).build()) {
            sink.write(march);
            sink.write(later);
            sink.write(march);
        }

        assertThat(database.ask("SELECT event_id FROM " + partitioned + "_2026_03"))
                .hasSize(5);
        try (Stream<AuditEvent> events =
                new JdbcAuditReader(database.source(), partitioned).read(AuditQuery.everything())) {
            assertThat(events.toList())
                    .isEqualTo(Stream.of(march, later).flatMap(List::stream).toList());
        }
        database.execute("DROP TABLE " + partitioned + "_2026_03", "DROP TABLE " + partitioned + "_argument_2026_03");
        assertThat(database.ask("SELECT event_id FROM " + partitioned)).hasSize(1);
    }

    @Test
    void old_rows_are_deleted_by_the_statement_shown() {
        TestDatabase database = Databases.postgres();
        try (AuditSink sink = database.sink(table)) {
            sink.write(List.of(
                    SomeEvents.call("a", Channel.MCP, "getOrder", Instant.parse("2001-01-01T00:00:00Z")),
                    SomeEvents.call("a", Channel.MCP, "getOrder", Instant.parse("2999-01-01T00:00:00Z"))));
        }

        database.execute(documented("DELETE FROM mcp_guard_audit_argument"));

        assertThat(database.ask("SELECT event_id FROM " + table + "_argument")).hasSize(1);
    }

    @Test
    void a_user_that_may_insert_and_read_is_enough_and_changes_nothing() {
        TestDatabase database = Databases.postgres();
        try (AuditSink sink = database.sink(table)) {
            sink.write(SomeEvents.events(1));
        }
        String user = table + "_user";
        database.execute("CREATE USER " + user, documented("GRANT INSERT").replace("orders_audit", user));
        DataSource asUser = Databases.postgres(Databases.postgresPort(), user);

        try (AuditSink sink = JdbcAuditSink.builder(asUser).table(table).build()) {
            sink.write(SomeEvents.events(3));
        }
        TestDatabase limited = new TestDatabase(asUser, "", user);
        assertThat(limited.ask("SELECT event_id FROM " + table)).hasSize(4);
        for (String forbidden : List.of("DELETE FROM ", "UPDATE ", "TRUNCATE ")) {
            String statement = forbidden + table + (forbidden.startsWith("UPDATE") ? " SET client_id = 'x'" : "");
            assertThatThrownBy(() -> limited.execute(statement)).hasMessageContaining("permission denied");
        }
    }
}
