package io.mcpguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAuditSinkTest {

    private static final String SECRET = "canary-4711";

    private final String table = TestDatabase.newTable();

    @ParameterizedTest
    @EnumSource
    void a_failure_says_what_to_do_and_nothing_of_the_event(EachDatabase which) {
        TestDatabase database = which.get();
        try (AuditSink sink = database.sink(table)) {
            sink.write(SomeEvents.events(1));
            database.execute("DROP TABLE " + table + "_argument");

            assertThatThrownBy(() -> sink.write(List.of(SomeEvents.saying(SECRET))))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageStartingWith("the audit table " + table + " does not take events: SQLSTATE ")
                    .hasMessageContaining("docs/audit-jdbc.md")
                    .satisfies(failure -> assertThat(printed(failure)).doesNotContain(SECRET, "INSERT", "_argument"));
        }
        assertThat(database.ask("SELECT event_id FROM " + table)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_text_that_a_foreign_table_cannot_hold_fails_without_being_shown(EachDatabase which) {
        TestDatabase database = which.get();
        try (AuditSink sink = database.sink(table)) {
            sink.write(SomeEvents.events(1));
            database.execute(
                    which == EachDatabase.MARIADB
                            ? "ALTER TABLE " + table + " MODIFY user_agent VARCHAR(10)"
                            : "ALTER TABLE " + table + " ALTER COLUMN user_agent "
                                    + (which == EachDatabase.H2 ? "SET DATA TYPE" : "TYPE") + " VARCHAR(10)");

            assertThatThrownBy(() -> sink.write(List.of(SomeEvents.saying(SECRET))))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("a value does not fit")
                    .satisfies(failure -> assertThat(printed(failure)).doesNotContain(SECRET));
        }
        assertThat(database.ask("SELECT event_id FROM " + table)).hasSize(1);
    }

    private static String printed(Throwable failure) {
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        return printed.toString();
    }

    @Test
    void tables_are_not_made_unless_allowed() {
        TestDatabase database = Databases.h2();
        try (AuditSink sink =
                JdbcAuditSink.builder(database.source()).table(table).build()) {
            assertThatThrownBy(() -> sink.write(SomeEvents.events(1)))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("a table is not there");
        }
        assertThat(database.ask("SELECT 1 FROM information_schema.tables WHERE lower(table_name) = '" + table + "'"))
                .isEmpty();
    }

    @Test
    void tables_may_be_in_a_schema_and_two_in_one_database() {
        TestDatabase database = Databases.postgres();
        database.execute("CREATE SCHEMA s_" + table);
        List<AuditEvent> events = SomeEvents.events(3);
        for (String name : List.of("s_" + table + "." + table, table, table + "_b")) {
            try (AuditSink sink = database.sink(name)) {
                sink.write(events);
            }
            try (Stream<AuditEvent> read = new JdbcAuditReader(database.source(), name).read(AuditQuery.everything())) {
                assertThat(read.toList()).isEqualTo(events);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "audit; DROP TABLE x", "a.b.c", "1a", "\"a\"", "a--"})
    void a_table_has_a_name_and_no_statement(String name) {
        JdbcAuditSink.Builder builder =
                JdbcAuditSink.builder(Databases.h2().source()).table(name);

        assertThatThrownBy(builder::build).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void a_driver_that_hangs_is_given_up_and_holds_a_bounded_number_of_threads() {
        CountDownLatch released = new CountDownLatch(1);
        TestDatabase database = Databases.h2();
        DataSource hanging = source(() -> {
            boolean open = false;
            while (!open) {
                try {
                    released.await();
                    open = true;
                } catch (InterruptedException e) {
                    // As a driver that waits in a socket, which hears no interrupt.
                    open = false;
                }
            }
            return database.source().getConnection();
        });
        try (JdbcAuditSink sink =
                JdbcAuditSink.builder(hanging).table(table).createTables().build()) {
            for (int i = 0; i < 3; i++) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> sink.write(SomeEvents.events(1))).hasMessageContaining("interrupted");
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThatThrownBy(() -> sink.write(SomeEvents.events(1))).hasMessageContaining("does not let go of 3");

            released.countDown();
            List<AuditEvent> events = SomeEvents.events(2);
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(AuditWriteException.class)
                    .until(() -> {
                        sink.write(events);
                        return true;
                    });
        }
        assertThat(database.ask("SELECT event_id FROM " + table)).hasSize(2);
    }

    @Test
    void a_connection_goes_back_to_the_pool_as_it_came() throws SQLException {
        TestDatabase database = Databases.h2();
        try (Connection connection = database.source().getConnection()) {
            DataSource one = source(() -> uncloseable(connection));
            try (AuditSink sink =
                    JdbcAuditSink.builder(one).table(table).createTables().build()) {
                sink.write(SomeEvents.events(2));
            }
            try (Stream<AuditEvent> events = new JdbcAuditReader(one, table).read(AuditQuery.everything())) {
                assertThat(events.count()).isEqualTo(2);
            }

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
    }

    private static DataSource source(Callable<Connection> connections) {
        return (DataSource) Proxy.newProxyInstance(
                JdbcAuditSinkTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connections.call());
    }

    private static Connection uncloseable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                JdbcAuditSinkTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }
}
