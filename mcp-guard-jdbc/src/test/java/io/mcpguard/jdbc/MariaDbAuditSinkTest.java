package io.mcpguard.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

class MariaDbAuditSinkTest extends JdbcAuditSinkContract {

    @Override
    TestDatabase database() {
        return Databases.mariaDb();
    }

    @Override
    Optional<DataSource> sourceAt(int port) {
        try {
            return Optional.of(new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/audit?user=root"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
