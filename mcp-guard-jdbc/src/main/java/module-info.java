/** Keeps audit events in the tables of a database, and reads them from there. */
module io.mcpguard.jdbc {
    requires transitive io.mcpguard.api;
    requires transitive java.sql;

    exports io.mcpguard.jdbc;

    provides io.mcpguard.audit.AuditReaderProvider with
            io.mcpguard.jdbc.JdbcAuditReaderProvider;
}
