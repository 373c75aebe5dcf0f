/** The operator's command line. */
module io.mcpguard.cli {
    requires io.mcpguard.core;
    requires info.picocli;
    requires HdrHistogram;

    // Places where sinks have kept records.
    uses io.mcpguard.audit.AuditReaderProvider;

    // Options are fields that picocli fills in.
    opens io.mcpguard.cli to
            info.picocli;
    opens io.mcpguard.cli.audit to
            info.picocli;
}
