package io.mcpguard.core.protocol;

import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.core.seal.Holder;
import io.mcpguard.core.seal.Opened;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.core.seal.Use;
import io.mcpguard.decision.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a feature wants back with the next request, in the hands of a client that must not read or change it (MCP 2026-07-28,
 * {@code requestState}). Bound to the caller, to what is called and to its arguments.
 */
final class RequestStates {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Seal seal;

    RequestStates(Seal seal) {
        this.seal = seal;
    }

    /**
     * What a state belongs to.
     *
     * @param method protocol method
     * @param name name of the feature
     * @param arguments arguments of the call
     */
    record Subject(String method, String name, ObjectNode arguments) {

        /** The order of an object's members is not part of its meaning. */
        String digest() {
            ArrayNode all =
                    JsonNodeFactory.instance.arrayNode().add(method).add(name).add(sorted(arguments));
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(JsonOutput.bytes(all));
                return new String(Base64.getEncoder().encode(hash), StandardCharsets.US_ASCII);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        private static JsonNode sorted(JsonNode node) {
            if (node.isObject()) {
                TreeMap<String, JsonNode> members = new TreeMap<>();
                node.forEachEntry((name, member) -> members.put(name, sorted(member)));
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                members.forEach(object::set);
                return object;
            }
            if (node.isArray()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                node.values().forEach(element -> array.add(sorted(element)));
                return array;
            }
            return node;
        }
    }

    String seal(String state, Subject subject, Caller caller) {
        return seal.seal(Use.REQUEST_STATE, Holder.of(caller), subject.digest() + state, LIFE);
    }

    /** The state, or empty when it was not made for this caller and subject or is too old. */
    Optional<String> open(String sealed, Subject subject, Caller caller) {
        String digest = subject.digest();
        return seal.open(Use.REQUEST_STATE, Holder.of(caller), sealed) instanceof Opened.Valid valid
                        && valid.payload().startsWith(digest)
                ? Optional.of(valid.payload().substring(digest.length()))
                : Optional.empty();
    }
}
