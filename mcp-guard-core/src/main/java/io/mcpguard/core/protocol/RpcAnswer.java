package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer before it is bytes.
 *
 * @param status HTTP status
 * @param body JSON-RPC message or array of them, or null for an answer without a body or with one that is written already
 * @param written the body when it is written already
 * @param headers what the status asks for
 */
record RpcAnswer(
        int status, @Nullable JsonNode body, @Nullable WrittenBody written, List<HttpField> headers) {

    private static final byte[] NOTHING = {};

    /** What every answer with a body says of it. */
    private static final List<HttpField> JSON = List.of(
            new HttpField("Content-Type", "application/json"),
            new HttpField("Cache-Control", "no-store"),
            new HttpField("X-Content-Type-Options", "nosniff"));

    RpcAnswer {
        headers = List.copyOf(headers);
    }

    RpcAnswer(int status, @Nullable JsonNode body, List<HttpField> headers) {
        this(status, body, null, headers);
    }

    static RpcAnswer accepted() {
        return new RpcAnswer(202, null, List.of());
    }

    static RpcAnswer result(JsonNode id, ObjectNode result) {
        ObjectNode body = envelope(id);
        body.set("result", result);
        return new RpcAnswer(200, body, List.of());
    }

    /** A result that is JSON already, in UTF-8. */
    static RpcAnswer written(JsonNode id, byte[] result) {
        return new RpcAnswer(200, null, new WrittenBody(id, result), List.of());
    }

    RpcAnswer with(HttpField header) {
        List<HttpField> all = new ArrayList<>(headers);
        all.add(header);
        return new RpcAnswer(status, body, written, all);
    }

    /**
     * An error of the protocol, once it is on record. What could not be recorded, or came too often, is refused for that reason
     * instead.
     */
    static RpcAnswer error(@Nullable JsonNode id, RpcError error, Refusal recorded) {
        return recorded.reason() == error.deny().reason()
                ? error(id, error.httpStatus(), error.code(), error.message(), error.data(), error.headers())
                : refused(id, recorded);
    }

    static RpcAnswer error(
            @Nullable JsonNode id,
            int status,
            int code,
            String message,
            @Nullable JsonNode data,
            List<HttpField> headers) {
        ObjectNode body = envelope(id);
        ObjectNode error = body.putObject("error");
        error.put("code", code);
        error.put("message", message);
        if (data != null) {
            error.set("data", data);
        }
        return new RpcAnswer(status, body, headers);
    }

    /** A refusal of the guard that concerns the whole request. */
    static RpcAnswer refused(@Nullable JsonNode id, Refusal refusal) {
        Reason reason = refusal.reason();
        List<HttpField> headers = new ArrayList<>();
        refusal.challenges().forEach(challenge -> headers.add(new HttpField("WWW-Authenticate", challenge)));
        if (refusal.retryAfterSeconds() > 0) {
            headers.add(new HttpField("Retry-After", Long.toString(refusal.retryAfterSeconds())));
        }
        return error(id, reason.httpStatus(), ErrorCodes.of(reason), reason.sentence(), refusal.document(), headers);
    }

    Optional<JsonNode> bodyIfAny() {
        return written == null ? Optional.ofNullable(body) : Optional.of(written.tree());
    }

    McpResponse toResponse() {
        if (written != null) {
            return new McpResponse(status, withJson(), written.bytes());
        }
        return body == null
                ? new McpResponse(status, headers, NOTHING)
                : new McpResponse(status, withJson(), JsonOutput.bytes(body));
    }

    private List<HttpField> withJson() {
        if (headers.isEmpty()) {
            return JSON;
        }
        List<HttpField> all = new ArrayList<>(headers);
        all.addAll(JSON);
        return all;
    }

    static ObjectNode envelope(@Nullable JsonNode id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("jsonrpc", "2.0");
        if (id != null) {
            body.set("id", id);
        }
        return body;
    }
}
