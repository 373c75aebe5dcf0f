/** Hands audit records on as syslog messages over TLS. */
module io.mcpguard.syslog {
    requires transitive io.mcpguard.api;

    exports io.mcpguard.syslog;
}
