package io.mcpguard.jdbc;

import java.util.Optional;
import javax.sql.DataSource;

class PostgresAuditSinkTest extends JdbcAuditSinkContract {

    @Override
    TestDatabase database() {
        return Databases.postgres();
    }

    @Override
    Optional<DataSource> sourceAt(int port) {
        return Optional.of(Databases.postgres(port, "postgres"));
    }
}
