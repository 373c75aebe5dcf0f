package io.mcpguard.answer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tool of the service's own answers.
 *
 * @since 0.1
 */
public sealed interface ToolAnswer permits ToolAnswer.Result, InputRequired, CapabilityRequired {

    /**
     * The tool has run, well or not.
     *
     * @param content what a model is shown
     * @param structured JSON value that fits the tool's output schema; empty when there is none
     * @param error whether the tool failed in a way that a model may be able to correct
     * @since 0.1
     */
    record Result(List<Content> content, Optional<Structured> structured, boolean error) implements ToolAnswer {
        public Result {
            content = List.copyOf(content);
            Objects.requireNonNull(structured, "structured");
        }
    }

    /**
     * A JSON value, which may be null.
     *
     * @param value the value, made of the types that the package names
     * @since 0.1
     */
    record Structured(@Nullable Object value) {}

    /**
     * Makes a result of text.
     *
     * @param text what the model is shown
     * @return the answer
     */
    static ToolAnswer text(String text) {
        return new Result(List.of(Content.text(text)), Optional.empty(), false);
    }

    /**
     * Makes a result of content.
     *
     * @param content what the model is shown
     * @return the answer
     */
    static ToolAnswer of(Content... content) {
        return new Result(List.of(content), Optional.empty(), false);
    }

    /**
     * Makes a result of data, which is also shown as text.
     *
     * @param value a JSON value that fits the tool's output schema
     * @return the answer
     */
    static ToolAnswer structured(@Nullable Object value) {
        return new Result(List.of(), Optional.of(new Structured(value)), false);
    }

    /**
     * Makes a failure that a model may be able to correct.
     *
     * @param text what went wrong and what to do; no internals
     * @return the answer
     */
    static ToolAnswer error(String text) {
        return new Result(List.of(Content.text(text)), Optional.empty(), true);
    }
}
