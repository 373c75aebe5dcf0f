package io.mcpguard.core.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One JSON-RPC 2.0 message, or what looked like one. */
sealed interface Message {

    /** Metadata key of the protocol revision; its presence makes a request modern. */
    String META_VERSION = "io.modelcontextprotocol/protocolVersion";

    String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    String META_CLIENT = "io.modelcontextprotocol/clientInfo";

    /** A request: it has an id and gets an answer with the same id, in the same JSON type and digits. */
    record Request(JsonNode id, String method, @Nullable JsonNode params) implements Message {

        /** A member of the parameters, or nothing when there is none. */
        Optional<JsonNode> param(String name) {
            return member(params, name);
        }

        /** A member of the parameters' {@code _meta}. */
        Optional<JsonNode> meta(String key) {
            return param("_meta").flatMap(meta -> member(meta, key));
        }
    }

    /** A notification: no id and no answer. */
    record Notification(String method, @Nullable JsonNode params) implements Message {

        /** A member of the parameters, or nothing when there is none. */
        Optional<JsonNode> param(String name) {
            return member(params, name);
        }
    }

    /** An answer to a request of ours. We never send any, so it is never expected. */
    record Reply() implements Message {}

    /** Not a message. The id is kept if it could be read. */
    record Invalid(@Nullable JsonNode id, String detail) implements Message {}

    static Message of(JsonNode node) {
        if (!node.isObject()) {
            return new Invalid(null, "not-an-object");
        }
        JsonNode id = node.get("id");
        if (id != null && !id.isString() && !id.isIntegralNumber()) {
            return new Invalid(null, "id-invalid");
        }
        JsonNode version = node.get("jsonrpc");
        if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
            return new Invalid(id, "not-json-rpc-2");
        }
        boolean reply = node.has("result") || node.has("error");
        JsonNode method = node.get("method");
        if (method == null) {
            return reply ? new Reply() : new Invalid(id, "method-missing");
        }
        if (!method.isString() || reply) {
            return new Invalid(id, "method-invalid");
        }
        return id == null
                ? new Notification(method.stringValue(), node.get("params"))
                : new Request(id, method.stringValue(), node.get("params"));
    }

    private static Optional<JsonNode> member(@Nullable JsonNode node, String name) {
        return node == null || !node.isObject() ? Optional.empty() : Optional.ofNullable(node.get(name));
    }
}
