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
import tools.jackson.databind.util.RawValue;

/**
 * An answer before it is bytes.
 *
 * @param status HTTP status
 * @param body JSON-RPC message or array of them, or null for an answer without a body
 * @param headers what the status asks for
 */
record RpcAnswer(int status, @Nullable JsonNode body, List<HttpField> headers) {

    private static final byte[] NOTHING = {};

    RpcAnswer {
        headers = List.copyOf(headers);
    }

    static RpcAnswer accepted() {
        return new RpcAnswer(202, null, List.of());
    }

    static RpcAnswer result(JsonNode id, ObjectNode result) {
        ObjectNode body = envelope(id);
        body.set("result", result);
        return new RpcAnswer(200, body, List.of());
    }

    /** A result that is JSON text already. */
    static RpcAnswer written(JsonNode id, String result) {
        ObjectNode body = envelope(id);
        body.putRawValue("result", new RawValue(result));
        return new RpcAnswer(200, body, List.of());
    }

    RpcAnswer with(HttpField header) {
        List<HttpField> all = new ArrayList<>(headers);
        all.add(header);
        return new RpcAnswer(status, body, all);
    }

    /**
     * An error of the protocol, once it is on record. What could not be recorded, or came too often, is refused for that reason
     * instead.
     */
    static RpcAnswer error(@Nullable JsonNode id, RpcError error, Refusal recorded) {
        return recorded.reason() == error.deny().reason()
                ? error(id, error.httpStatus(), error.code(), error.message(), error.data(), error.headers())
                : refused(id, recorded, true);
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

    /**
     * A refusal of the guard that concerns the whole request.
     *
     * @param presented whether a credential was sent, which the challenge then calls invalid (RFC 6750 section 3.1)
     */
    static RpcAnswer refused(@Nullable JsonNode id, Refusal refusal, boolean presented) {
        Reason reason = refusal.reason();
        List<HttpField> headers = new ArrayList<>();
        if (reason.httpStatus() == 401) {
            headers.add(new HttpField("WWW-Authenticate", presented ? "Bearer error=\"invalid_token\"" : "Bearer"));
        }
        if (refusal.retryAfterSeconds() > 0) {
            headers.add(new HttpField("Retry-After", Long.toString(refusal.retryAfterSeconds())));
        }
        return error(id, reason.httpStatus(), ErrorCodes.of(reason), reason.sentence(), refusal.document(), headers);
    }

    Optional<JsonNode> bodyIfAny() {
        return Optional.ofNullable(body);
    }

    McpResponse toResponse() {
        if (body == null) {
            return new McpResponse(status, headers, NOTHING);
        }
        List<HttpField> all = new ArrayList<>(headers);
        all.add(new HttpField("Content-Type", "application/json"));
        all.add(new HttpField("Cache-Control", "no-store"));
        all.add(new HttpField("X-Content-Type-Options", "nosniff"));
        return new McpResponse(status, all, JsonOutput.bytes(body));
    }

    private static ObjectNode envelope(@Nullable JsonNode id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("jsonrpc", "2.0");
        if (id != null) {
            body.set("id", id);
        }
        return body;
    }
}
