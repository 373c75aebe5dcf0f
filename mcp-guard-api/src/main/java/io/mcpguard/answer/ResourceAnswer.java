package io.mcpguard.answer;

import java.util.List;

/**
 * What a resource of the service's own answers.
 *
 * @since 0.1
 */
public sealed interface ResourceAnswer
        permits ResourceAnswer.Contents, ResourceAnswer.Missing, InputRequired, CapabilityRequired {

    /**
     * What the resource holds.
     *
     * @param contents one entry, or several when the resource stands for a folder
     * @since 0.1
     */
    record Contents(List<ResourceContent> contents) implements ResourceAnswer {
        public Contents {
            contents = List.copyOf(contents);
        }
    }

    /**
     * The template takes the URI, and there is nothing at it.
     *
     * @since 0.1
     */
    record Missing() implements ResourceAnswer {}

    /**
     * Makes an answer of one entry.
     *
     * @param content what the resource holds
     * @return the answer
     */
    static ResourceAnswer of(ResourceContent content) {
        return new Contents(List.of(content));
    }
}
