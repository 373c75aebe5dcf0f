/** The guard itself: catalog, protocol, decisions, limits, credentials and the audit journal. */
module io.mcpguard.core {
    exports io.mcpguard.core.audit;
    exports io.mcpguard.core.catalog;
    exports io.mcpguard.core.credential;
    exports io.mcpguard.core.guard;
    exports io.mcpguard.core.invocation;
    exports io.mcpguard.core.json;
    exports io.mcpguard.core.profile;

    requires transitive io.mcpguard.api;
    requires transitive tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires com.networknt.schema;
    requires io.github.resilience4j.bulkhead;
    requires io.github.resilience4j.ratelimiter;
    requires org.slf4j;
    requires re2j;
}
