package io.mcpguard.jdbc;

class PostgresAuditReaderTest extends JdbcAuditReaderContract {

    @Override
    TestDatabase database() {
        return Databases.postgres();
    }
}
