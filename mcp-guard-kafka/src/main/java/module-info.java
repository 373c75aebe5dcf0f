/** Sends audit events to a topic of Kafka. */
module io.mcpguard.kafka {
    requires transitive io.mcpguard.api;
    requires kafka.clients;

    exports io.mcpguard.kafka;
}
