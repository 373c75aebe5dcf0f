package io.mcpguard.core.protocol;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.feature.LogLevel;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a request says of its client's side. Nothing is remembered from one request to the next. */
final class ClientSides {

    private ClientSides() {}

    /** What a client can do, as this request declares it. */
    static Set<ClientCapability> capabilities(Message.Request request, Revision revision) {
        Set<ClientCapability> found = EnumSet.noneOf(ClientCapability.class);
        JsonNode declared = revision.modern()
                ? request.meta(Message.META_CAPABILITIES).orElseGet(JsonNodeFactory.instance::missingNode)
                : JsonNodeFactory.instance.missingNode();
        JsonNode elicitation = declared.path("elicitation");
        if (elicitation.isObject() && (elicitation.isEmpty() || elicitation.has("form"))) {
            found.add(ClientCapability.ELICITATION_FORM);
        }
        if (elicitation.has("url")) {
            found.add(ClientCapability.ELICITATION_URL);
        }
        if (declared.path("sampling").isObject()) {
            found.add(ClientCapability.SAMPLING);
        }
        if (declared.path("roots").isObject()) {
            found.add(ClientCapability.ROOTS);
        }
        return found;
    }

    /** The same capabilities as the specification writes them. */
    static ObjectNode written(Set<ClientCapability> capabilities) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (ClientCapability capability : capabilities) {
            switch (capability) {
                case ELICITATION_FORM -> written.withObject("/elicitation").putObject("form");
                case ELICITATION_URL -> written.withObject("/elicitation").putObject("url");
                case SAMPLING -> written.putObject("sampling");
                case ROOTS -> written.putObject("roots");
            }
        }
        return written;
    }

    static RunningCall.ClientSide of(Message.Request request, Revision revision) {
        ObjectNode inputs = request.param("inputResponses")
                .filter(given -> revision.modern() && given.isObject())
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode token = request.meta("progressToken")
                .filter(given -> given.isString() || given.isIntegralNumber())
                .orElse(null);
        return new RunningCall.ClientSide(capabilities(request, revision), inputs, token, logLevel(request, revision));
    }

    /** A modern client asks for messages with each request. A legacy one has asked by using a server that offers them. */
    private static @Nullable LogLevel logLevel(Message.Request request, Revision revision) {
        if (!revision.modern()) {
            return LogLevel.INFO;
        }
        return request.meta("io.modelcontextprotocol/logLevel")
                .flatMap(JsonNode::stringValueOpt)
                .flatMap(ClientSides::level)
                .orElse(null);
    }

    static Optional<LogLevel> level(String text) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
