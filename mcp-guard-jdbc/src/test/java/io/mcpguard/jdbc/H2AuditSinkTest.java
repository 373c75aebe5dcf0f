package io.mcpguard.jdbc;

import java.util.Optional;
import javax.sql.DataSource;

class H2AuditSinkTest extends JdbcAuditSinkContract {

    @Override
    TestDatabase database() {
        return Databases.h2();
    }

    @Override
    Optional<DataSource> sourceAt(int port) {
        return Optional.empty();
    }
}
