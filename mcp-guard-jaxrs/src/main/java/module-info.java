/** JAX-RS: resource classes become operations. */
module io.mcpguard.jaxrs {
    requires transitive io.mcpguard.core;
    requires transitive io.mcpguard.schema;
    requires transitive jakarta.ws.rs;
    requires com.fasterxml.classmate;
    requires org.slf4j;

    exports io.mcpguard.jaxrs.resource;
}
