package io.mcpguard.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The names of the two tables, which stand in statements as they are and so have to be names.
 *
 * @param events the table with a row an event
 */
record AuditTables(String events) {

    /** What the tables are called when nobody says otherwise. */
    static final String DEFAULT_NAME = "mcp_guard_audit";

    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]{0,39}\\.)?[A-Za-z_][A-Za-z0-9_]{0,39}");

    /** A name in the shipped statements; of an index it never has a schema. */
    private static final Pattern SHIPPED = Pattern.compile("(INDEX IF NOT EXISTS |INDEX )?" + DEFAULT_NAME);

    AuditTables {
        if (!NAME.matcher(events).matches()) {
            throw new ConfigurationException(
                    "audit table",
                    "a name has letters, digits and underscores, at most 40, with a schema and a dot before it at most");
        }
    }

    /** The table with a row an argument. */
    String arguments() {
        return events + "_argument";
    }

    /** Makes tables and indexes, unless they are there. */
    void create(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements(database)) {
                statement.execute(each);
            }
        }
    }

    private List<String> statements(Database database) {
        String bare = events.substring(events.indexOf('.') + 1);
        String script = SHIPPED.matcher(script(database))
                .replaceAll(found -> found.group(1) == null ? events : found.group(1) + bare);
        return Arrays.stream(script.replaceAll("(?m)^--.*$", "").split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String script(Database database) {
        try (InputStream in =
                Objects.requireNonNull(AuditTables.class.getResourceAsStream(database.script()), database.script())) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
