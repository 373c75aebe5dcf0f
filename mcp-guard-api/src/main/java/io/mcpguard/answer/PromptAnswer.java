package io.mcpguard.answer;

import java.util.List;
import java.util.Objects;

/**
 * What a prompt of the service's own answers.
 *
 * @since 0.1
 */
public sealed interface PromptAnswer permits PromptAnswer.Messages, InputRequired, CapabilityRequired {

    /**
     * The messages of the prompt.
     *
     * @param description what the prompt is for; empty for nothing
     * @param messages its messages, in order
     * @since 0.1
     */
    record Messages(String description, List<Message> messages) implements PromptAnswer {
        public Messages {
            Objects.requireNonNull(description, "description");
            messages = List.copyOf(messages);
        }
    }

    /**
     * One message of a prompt.
     *
     * @param role who says it
     * @param content what is said
     * @since 0.1
     */
    record Message(Content.Role role, Content content) {
        public Message {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * Makes a prompt of what the user says.
     *
     * @param content one message each
     * @return the answer
     */
    static PromptAnswer user(Content... content) {
        return new Messages(
                "",
                List.of(content).stream()
                        .map(one -> new Message(Content.Role.USER, one))
                        .toList());
    }
}
