package io.mcpguard.jdbc;

class MariaDbAuditReaderTest extends JdbcAuditReaderContract {

    @Override
    TestDatabase database() {
        return Databases.mariaDb();
    }
}
