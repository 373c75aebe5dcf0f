package io.mcpguard.core.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Decides for one request by itself which revision it is served as, or why it is not.
 *
 * <p>The specification gives two positive rules (metadata in the request: modern; {@code initialize}: legacy). What lies
 * between follows from two needs: a modern client must never be served as legacy by mistake, since its headers would go
 * unchecked; and a dual-era client must recognize each refusal, since it falls back to the handshake when it does not.
 */
sealed interface Era {

    /** The request is served as this revision. */
    record Serve(Revision revision) implements Era {}

    /** The request is refused. */
    record Refuse(RpcError error) implements Era {}

    /** Methods that only a modern client sends. */
    Set<String> MODERN_ONLY = Set.of("server/discover", "subscriptions/listen");

    static Era of(RequestHeaders headers, Message.Request request) {
        List<String> versions = headers.all(RequestHeaders.VERSION);
        if (request.meta(Message.META_VERSION).isPresent()) {
            return modern(headers, versions, request);
        }
        if (versions.isEmpty()) {
            return MODERN_ONLY.contains(request.method())
                    ? new Refuse(RpcError.headerMissing(RequestHeaders.VERSION))
                    : new Serve(legacyRevision(request, Revision.ASSUMED));
        }
        if (versions.size() > 1) {
            return new Refuse(RpcError.headerMissing(RequestHeaders.VERSION));
        }
        String version = versions.get(0);
        if (Revision.modernOf(version).isPresent()) {
            return modern(headers, versions, request);
        }
        return Revision.legacyOf(version)
                .<Era>map(revision -> new Serve(legacyRevision(request, revision)))
                .orElseGet(() -> new Refuse(RpcError.unsupportedVersion(version)));
    }

    /** A handshake is answered in the revision that it negotiates. */
    private static Revision legacyRevision(Message.Request request, Revision fromHeader) {
        if (!request.method().equals("initialize")) {
            return fromHeader;
        }
        return request.param("protocolVersion")
                .flatMap(JsonNode::stringValueOpt)
                .flatMap(Revision::legacyOf)
                .orElse(Revision.NEWEST_LEGACY);
    }

    private static Era modern(RequestHeaders headers, List<String> versions, Message.Request request) {
        if (versions.size() != 1) {
            return new Refuse(RpcError.headerMissing(RequestHeaders.VERSION));
        }
        Optional<String> inBody = request.meta(Message.META_VERSION).flatMap(JsonNode::stringValueOpt);
        if (inBody.isPresent() && !inBody.get().equals(versions.get(0))) {
            return new Refuse(RpcError.headerMismatch(RequestHeaders.VERSION));
        }
        if (inBody.isEmpty()
                || request.meta(Message.META_CAPABILITIES)
                        .filter(JsonNode::isObject)
                        .isEmpty()) {
            return new Refuse(RpcError.metaInvalid());
        }
        Optional<Revision> revision = Revision.modernOf(inBody.get());
        if (revision.isEmpty()) {
            return new Refuse(RpcError.unsupportedVersion(inBody.get()));
        }
        return mirrored(headers, request).<Era>map(Refuse::new).orElseGet(() -> new Serve(revision.get()));
    }

    private static Optional<RpcError> mirrored(RequestHeaders headers, Message.Request request) {
        if (headers.all(RequestHeaders.METHOD).size() != 1) {
            return Optional.of(RpcError.headerMissing(RequestHeaders.METHOD));
        }
        if (!headers.is(RequestHeaders.METHOD, request.method())) {
            return Optional.of(RpcError.headerMismatch(RequestHeaders.METHOD));
        }
        Optional<String> named = nameParameter(request.method());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (headers.all(RequestHeaders.NAME).size() != 1) {
            return Optional.of(RpcError.headerMissing(RequestHeaders.NAME));
        }
        boolean same = request.param(named.get())
                .flatMap(JsonNode::stringValueOpt)
                .filter(name -> headers.standsFor(RequestHeaders.NAME, name))
                .isPresent();
        return same ? Optional.empty() : Optional.of(RpcError.headerMismatch(RequestHeaders.NAME));
    }

    /** Which parameter the header Mcp-Name repeats. */
    private static Optional<String> nameParameter(String method) {
        return switch (method) {
            case "tools/call", "prompts/get" -> Optional.of("name");
            case "resources/read" -> Optional.of("uri");
            case "tasks/get", "tasks/update", "tasks/cancel" -> Optional.of("taskId");
            default -> Optional.empty();
        };
    }
}
