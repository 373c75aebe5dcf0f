package io.mcpguard.conformance;

import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.FeatureCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tools ask their caller, and how the answers are read. Answers are whatever the client sent. */
final class Questions {

    private Questions() {}

    /** Asks one thing, without a state. */
    static InputRequired ask(String key, InputRequest question) {
        return new InputRequired(Map.of(key, question), Optional.empty());
    }

    /** Asks one thing, with a state that comes back with the answer. */
    static InputRequired ask(String key, InputRequest question, String state) {
        return new InputRequired(Map.of(key, question), Optional.of(state));
    }

    /** A form with one required field. */
    static InputRequest form(String message, String field, String type) {
        return new InputRequest.Form(
                message,
                new Schema("{\"type\":\"object\",\"properties\":{\"%s\":{\"type\":\"%s\"}},\"required\":[\"%s\"]}"
                        .formatted(field, type, field)));
    }

    /** A message for the client's model. */
    static InputRequest sampling(String text, int maxTokens) {
        return new InputRequest.Sampling(Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", Map.of("type", "text", "text", text))),
                "maxTokens",
                maxTokens));
    }

    /** A field of a form that the user has filled in and sent, if it is what was asked for. */
    static Optional<Object> field(FeatureCall call, String key, String field) {
        return object(call.input(key))
                .filter(answer -> "accept".equals(answer.get("action")))
                .flatMap(answer -> object(Optional.ofNullable(answer.get("content"))))
                .flatMap(content -> Optional.ofNullable(content.get(field)));
    }

    /** What the client's model said. */
    static Optional<String> said(FeatureCall call, String key) {
        return object(call.input(key))
                .flatMap(answer -> object(Optional.ofNullable(answer.get("content"))))
                .flatMap(content -> Optional.ofNullable(content.get("text")))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** How many folders the client works in. */
    static Optional<Integer> roots(FeatureCall call, String key) {
        return object(call.input(key))
                .flatMap(answer -> Optional.ofNullable(answer.get("roots")))
                .filter(List.class::isInstance)
                .map(roots -> ((List<?>) roots).size());
    }

    /** An answer that is a JSON object. */
    static Optional<Map<?, ?>> object(Optional<?> value) {
        return value.filter(Map.class::isInstance).map(map -> (Map<?, ?>) map);
    }
}
