package io.mcpguard.jdbc;

import java.io.Serial;
import java.sql.SQLException;

/** What was reached is no database that can keep events. The message is ours and holds no values. */
final class UnfitDatabaseException extends SQLException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnfitDatabaseException(String message) {
        super(message);
    }
}
