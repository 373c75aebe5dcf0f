/** Carries calls to the service's own port over HTTP. */
module io.mcpguard.loopback {
    requires transitive io.mcpguard.core;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.slf4j;

    exports io.mcpguard.loopback;
}
