package io.mcpguard.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/** The databases that are known, and in what they differ. */
enum Database {
    H2,
    POSTGRESQL,
    MARIADB;

    /** How many rows a driver fetches at once while events are read. */
    private static final int ROWS_AT_ONCE = 500;

    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB" -> MARIADB;
            default -> throw new UnfitDatabaseException("the audit tables are for H2, PostgreSQL and MariaDB");
        };
    }

    /** The file beside this class with the statements that make the tables. */
    String script() {
        return name().toLowerCase(Locale.ROOT) + ".sql";
    }

    /** Refuses a database in which some texts could never be kept, or would be cut without a word. */
    void check(Connection connection) throws SQLException {
        if (this == POSTGRESQL && !"UTF8".equals(setting(connection, "SHOW server_encoding"))) {
            throw new UnfitDatabaseException("the database is not in UTF-8; make one WITH ENCODING 'UTF8'");
        }
        if (this == MARIADB && !setting(connection, "SELECT @@sql_mode").contains("STRICT_")) {
            throw new UnfitDatabaseException("the server would cut texts; set sql_mode to STRICT_TRANS_TABLES");
        }
    }

    private static String setting(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() ? String.valueOf(answer.getString(1)) : "";
        }
    }

    /** An id as the driver takes it; MariaDB has its type for them only from 10.7 on. */
    Object id(UUID id) {
        return this == MARIADB ? id.toString() : id;
    }

    /**
     * Bounds what follows in this transaction on the side of the server, and nothing beyond it, since the connection may come
     * from the service's own pool. H2 gives up waiting for a lock by itself, and has no bound that ends with the transaction.
     */
    void limit(Connection connection, int seconds) throws SQLException {
        if (this == POSTGRESQL) {
            try (Statement statement = connection.createStatement()) {
                // The second bound is for a transaction whose client is gone: it would hold its keys until the server
                // notices.
                statement.execute("SET LOCAL statement_timeout = '" + seconds
                        + "s'; SET LOCAL idle_in_transaction_session_timeout = '" + 2 * seconds + "s'");
            }
        }
    }

    /** Bounds one statement, where {@link #limit} does not. */
    void limit(Statement statement, int seconds) throws SQLException {
        if (this == MARIADB) {
            statement.setQueryTimeout(seconds);
        }
    }

    /** Lets rows come as they are asked for. Without a transaction PostgreSQL would send all of them at once. */
    void stream(Statement statement) throws SQLException {
        statement.setFetchSize(ROWS_AT_ONCE);
    }
}
