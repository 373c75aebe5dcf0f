package io.mcpguard.core.protocol;

import io.mcpguard.core.json.JsonReading.Flaw;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error of the protocol: what the caller gets, and what the record says.
 *
 * @param httpStatus HTTP status of the answer
 * @param code JSON-RPC error code
 * @param message one fixed sentence
 * @param data further fields the specification asks for, or null
 * @param headers header fields that the HTTP status asks for
 * @param deny reason and true cause for the audit trail
 */
record RpcError(
        int httpStatus, int code, String message, @Nullable JsonNode data, List<HttpField> headers, Deny deny) {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int CAPABILITY_MISSING = -32021;
    static final int UNSUPPORTED_VERSION = -32022;
    static final int RESOURCE_NOT_FOUND = -32002;

    RpcError {
        Objects.requireNonNull(message, "message");
        headers = List.copyOf(headers);
        Objects.requireNonNull(deny, "deny");
    }

    private static RpcError malformed(int httpStatus, int code, String message, String detail) {
        return new RpcError(httpStatus, code, message, null, List.of(), new Deny(Reason.REQUEST_MALFORMED, detail));
    }

    static RpcError notJson(Flaw flaw) {
        return malformed(400, PARSE_ERROR, "The body is not one JSON document in UTF-8.", flaw.code());
    }

    static RpcError invalidRequest(String detail) {
        return malformed(
                400, INVALID_REQUEST, "The body is not a JSON-RPC 2.0 message that this endpoint accepts.", detail);
    }

    static RpcError headerMissing(String header) {
        return malformed(400, HEADER_MISMATCH, "The header " + header + " is missing or repeated.", "header-missing");
    }

    static RpcError headerMismatch(String header) {
        return malformed(400, HEADER_MISMATCH, "The header " + header + " does not match the body.", "header-mismatch");
    }

    static RpcError metaInvalid() {
        return malformed(
                400,
                INVALID_PARAMS,
                "params._meta needs a protocolVersion text and a clientCapabilities object.",
                "meta-invalid");
    }

    static RpcError unsupportedVersion(String requested) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        Revision.supported().forEach(data.putArray("supported")::add);
        data.put("requested", requested);
        return new RpcError(
                400,
                UNSUPPORTED_VERSION,
                "The protocol version is not supported.",
                data,
                List.of(),
                new Deny(Reason.REQUEST_MALFORMED, "version-unsupported"));
    }

    /** Legacy clients take HTTP 404 as the end of a session, so they get 200. */
    static RpcError methodNotFound(boolean modern) {
        return malformed(modern ? 404 : 200, METHOD_NOT_FOUND, "The method is not known here.", "unknown-method");
    }

    static RpcError unknownTool() {
        return new RpcError(
                200,
                INVALID_PARAMS,
                "The tool is not known here. Use tools/list to see what is.",
                null,
                List.of(),
                new Deny(Reason.OPERATION_NOT_AVAILABLE, "unknown-tool"));
    }

    static RpcError unknownPrompt() {
        return new RpcError(
                200,
                INVALID_PARAMS,
                "The prompt is not known here. Use prompts/list to see what is.",
                null,
                List.of(),
                new Deny(Reason.OPERATION_NOT_AVAILABLE, "unknown-prompt"));
    }

    static RpcError unknownResource(String uri, boolean modern) {
        return new RpcError(
                200,
                modern ? INVALID_PARAMS : RESOURCE_NOT_FOUND,
                "The resource is not known here. Use resources/list to see what is.",
                JsonNodeFactory.instance.objectNode().put("uri", uri),
                List.of(),
                new Deny(Reason.OPERATION_NOT_AVAILABLE, "unknown-resource"));
    }

    static RpcError capabilityMissing(ObjectNode required) {
        return new RpcError(
                400,
                CAPABILITY_MISSING,
                "The client has not declared a capability that this needs.",
                JsonNodeFactory.instance.objectNode().set("requiredCapabilities", required),
                List.of(),
                new Deny(Reason.REQUEST_MALFORMED, "capability-missing"));
    }

    /** Handshake clients start anew when they get it (MCP 2025-11-25, Session Management). */
    static RpcError sessionGone() {
        return new RpcError(
                404,
                ErrorCodes.SESSION_GONE,
                "The session is not known, is over, or belongs to another caller. Send initialize again.",
                null,
                List.of(),
                new Deny(Reason.REQUEST_MALFORMED, "session-gone"));
    }

    /** Kept off HTTP 400, which makes dual-era clients fall back to the handshake. */
    static RpcError invalidParams(String message, String detail) {
        return malformed(200, INVALID_PARAMS, message, detail);
    }

    static RpcError methodNotAllowed() {
        return new RpcError(
                405,
                ErrorCodes.METHOD_NOT_ALLOWED,
                "This endpoint takes POST only.",
                null,
                List.of(new HttpField("Allow", "POST")),
                new Deny(Reason.REQUEST_MALFORMED, "http-method"));
    }

    static RpcError unsupportedContent() {
        return malformed(
                415,
                ErrorCodes.UNSUPPORTED_CONTENT,
                "The Content-Type must be application/json in UTF-8, without a Content-Encoding.",
                "content-type");
    }

    static RpcError notAcceptable() {
        return malformed(
                406,
                ErrorCodes.NOT_ACCEPTABLE,
                "The Accept header must allow application/json or text/event-stream.",
                "accept");
    }

    static RpcError eventsNotAccepted() {
        return malformed(
                406, ErrorCodes.NOT_ACCEPTABLE, "The Accept header must allow text/event-stream for this.", "accept");
    }
}
