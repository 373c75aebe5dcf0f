package io.mcpguard.feature;

import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A prompt of the service's own: messages that a user may start from.
 *
 * @since 0.1
 */
public final class PromptFeature implements Feature {

    private final Operation operation;
    private final List<Argument> arguments;
    private final Optional<CompletionHandler> completion;
    private final FeatureHandler<PromptAnswer> handler;

    private PromptFeature(Builder builder, FeatureHandler<PromptAnswer> handler) {
        this.operation = Operation.builder(new OperationId(builder.name), builder.product, "PROMPT", "/" + builder.name)
                .title(builder.title.isEmpty() ? builder.name : builder.title)
                .description(builder.description)
                .build();
        this.arguments = List.copyOf(builder.arguments);
        this.completion = Optional.ofNullable(builder.completion);
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    /**
     * One argument of a prompt. Its value is always text.
     *
     * @param name its name
     * @param description what it is
     * @param required whether the prompt cannot be made without it
     * @since 0.1
     */
    public record Argument(String name, String description, boolean required) {
        public Argument {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an argument has a name");
            }
            Objects.requireNonNull(description, "description");
        }
    }

    /**
     * Starts a prompt.
     *
     * @param product id of the product it belongs to
     * @param name 1 to 64 letters, digits, '.', '-' or '_'
     * @param description what it is for; not empty
     * @return a builder
     */
    public static Builder builder(String product, String name, String description) {
        return new Builder(product, name, description);
    }

    @Override
    public Operation operation() {
        return operation;
    }

    /**
     * Lists the arguments.
     *
     * @return the arguments, in order
     */
    public List<Argument> arguments() {
        return arguments;
    }

    /**
     * Returns what completes arguments.
     *
     * @return the handler, or empty when nothing is offered
     */
    public Optional<CompletionHandler> completion() {
        return completion;
    }

    /**
     * Returns what makes the messages.
     *
     * @return the handler
     */
    public FeatureHandler<PromptAnswer> handler() {
        return handler;
    }

    /** Names the prompt. */
    @Override
    public String toString() {
        return operation.toString();
    }

    /**
     * Collects what a prompt is.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String product;
        private final String name;
        private final String description;
        private final List<Argument> arguments = new ArrayList<>();
        private String title = "";
        private @Nullable CompletionHandler completion;

        private Builder(String product, String name, String description) {
            this.product = Objects.requireNonNull(product, "product");
            this.name = Objects.requireNonNull(name, "name");
            if (description.isBlank()) {
                throw new IllegalArgumentException("prompt " + name + " needs a description");
            }
            this.description = description;
        }

        /**
         * Sets the name for people.
         *
         * @param title the title
         * @return this builder
         */
        public Builder title(String title) {
            this.title = Objects.requireNonNull(title, "title");
            return this;
        }

        /**
         * Adds an argument.
         *
         * @param argument the argument
         * @return this builder
         */
        public Builder argument(Argument argument) {
            if (arguments.stream().anyMatch(known -> known.name().equals(argument.name()))) {
                throw new IllegalArgumentException("prompt " + name + " has two arguments " + argument.name());
            }
            arguments.add(argument);
            return this;
        }

        /**
         * Sets what completes arguments.
         *
         * @param completion the handler
         * @return this builder
         */
        public Builder completion(CompletionHandler completion) {
            this.completion = Objects.requireNonNull(completion, "completion");
            return this;
        }

        /**
         * Makes the prompt.
         *
         * @param handler makes the messages
         * @return the prompt
         */
        public PromptFeature handledBy(FeatureHandler<PromptAnswer> handler) {
            return new PromptFeature(this, handler);
        }

        /**
         * Makes a prompt of code that answers when it returns.
         *
         * @param code makes the messages
         * @return the prompt
         */
        public PromptFeature answering(FeatureHandler.Direct<PromptAnswer> code) {
            return new PromptFeature(this, FeatureHandler.of(code));
        }
    }
}
