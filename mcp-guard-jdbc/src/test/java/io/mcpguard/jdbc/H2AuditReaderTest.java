package io.mcpguard.jdbc;

class H2AuditReaderTest extends JdbcAuditReaderContract {

    @Override
    TestDatabase database() {
        return Databases.h2();
    }
}
