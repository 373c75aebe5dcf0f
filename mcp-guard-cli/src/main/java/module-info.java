/** The operator's command line. */
module io.mcpguard.cli {
    requires io.mcpguard.core;
    requires info.picocli;
}
