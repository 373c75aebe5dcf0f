/** What users of mcp-guard code against: annotations, values, extension points and errors. */
module io.mcpguard.api {
    requires transitive org.jspecify;

    exports io.mcpguard.annotation;
    exports io.mcpguard.answer;
    exports io.mcpguard.audit;
    exports io.mcpguard.catalog;
    exports io.mcpguard.credential;
    exports io.mcpguard.decision;
    exports io.mcpguard.error;
    exports io.mcpguard.feature;
    exports io.mcpguard.invocation;
    exports io.mcpguard.limit;
    exports io.mcpguard.profile;
    exports io.mcpguard.verification;
}
