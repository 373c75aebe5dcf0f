/** JAX-RS: resource classes become operations, and the doors for servers without servlets. */
module io.mcpguard.jaxrs {
    requires transitive io.mcpguard.core;
    requires transitive io.mcpguard.schema;
    requires transitive jakarta.ws.rs;
    requires com.fasterxml.classmate;
    requires io.mcpguard.loopback;
    requires static jakarta.annotation;
    requires org.slf4j;

    exports io.mcpguard.jaxrs;
    exports io.mcpguard.jaxrs.resource;

    // For the implementation of JAX-RS, which looks at what it runs.
    opens io.mcpguard.jaxrs.entry;
}
