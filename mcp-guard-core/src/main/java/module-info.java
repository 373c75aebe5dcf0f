/** The guard itself: catalog, protocol, decisions, limits, credentials and the audit journal. */
module io.mcpguard.core {
    requires transitive io.mcpguard.api;
    requires transitive tools.jackson.databind;
    requires transitive io.github.resilience4j.bulkhead;
    requires transitive io.github.resilience4j.ratelimiter;
    requires io.github.resilience4j.core;
    requires java.net.http;
    requires tools.jackson.dataformat.yaml;
    requires com.networknt.schema;
    requires org.slf4j;
    requires re2j;

    exports io.mcpguard.core;
    exports io.mcpguard.core.audit;
    exports io.mcpguard.core.catalog;
    exports io.mcpguard.core.checkpoint;
    exports io.mcpguard.core.credential;
    exports io.mcpguard.core.door;
    exports io.mcpguard.core.feature;
    exports io.mcpguard.core.format;
    exports io.mcpguard.core.guard;
    exports io.mcpguard.core.home;
    exports io.mcpguard.core.inner;
    exports io.mcpguard.core.invocation;
    exports io.mcpguard.core.json;
    exports io.mcpguard.core.limit;
    exports io.mcpguard.core.mask;
    exports io.mcpguard.core.profile;
    exports io.mcpguard.core.protocol;
    exports io.mcpguard.core.resource;
    exports io.mcpguard.core.seal;
    exports io.mcpguard.core.sink;
    exports io.mcpguard.core.sink.http;
    exports io.mcpguard.core.tool;
}
