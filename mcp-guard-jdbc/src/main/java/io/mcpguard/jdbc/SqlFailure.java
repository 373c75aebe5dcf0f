package io.mcpguard.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told of a failure. Drivers put statements with their parameters into messages, and servers put rows into
 * theirs, so of the driver's exception only its codes, its class and its place stay.
 */
final class SqlFailure {

    private SqlFailure() {}

    /** The failure with its stack, and without a word from the driver or the server. */
    static Exception withoutValues(Throwable failure) {
        SQLException sql = sqlException(failure);
        Exception safe = sql == null
                ? new IllegalStateException(failure.getClass().getName())
                : new SQLException(sql.getClass().getName(), state(sql), sql.getErrorCode());
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }

    /** What failed, and what to do about it. */
    static String words(Throwable failure) {
        if (failure instanceof UnfitDatabaseException) {
            return String.valueOf(failure.getMessage());
        }
        SQLException sql = sqlException(failure);
        return sql == null
                ? failure.getClass().getName() + "; look at the data source"
                : "SQLSTATE " + state(sql) + ", code " + sql.getErrorCode() + "; " + advice(state(sql));
    }

    private static String advice(String state) {
        return switch (state) {
            case "42P01", "42S02", "42S04" ->
                "a table is not there: make the tables with the statements in docs/audit-jdbc.md, or"
                        + " let the sink make them";
            case "42501", "42S03", "90096" -> "the user may not: grant INSERT and SELECT on both tables";
            case "25006" -> "the database is read only; is this a standby?";
            case "57014", "70100", "HYT00" -> "the statement took too long";
            default ->
                switch (state.substring(0, 2)) {
                    case "08" -> "there is no connection: look at the address, the network and the server";
                    case "22" -> "a value does not fit: compare the tables with the statements in docs/audit-jdbc.md";
                    case "23" -> "another writer kept an event of the batch in this moment";
                    case "28" -> "user or password are refused";
                    case "40" -> "another transaction was in the way";
                    case "42" -> "the tables are not those of docs/audit-jdbc.md, or the user may not use them";
                    case "53" -> "the server has no room, memory or connection left";
                    case "57" -> "the server is stopping or starting";
                    default -> "look at the log of the database";
                };
        };
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof SQLException sql) {
                return sql;
            }
            each = each.getCause();
        }
        return null;
    }

    /** Five letters or digits, whatever a driver gives. */
    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.matches("[0-9A-Za-z]{5}") ? state.toUpperCase(Locale.ROOT) : "HY000";
    }
}
