package io.mcpguard.answer;

import io.mcpguard.catalog.Schema;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the client is asked for before the call can go on (MCP 2026-07-28, multi round-trip requests). What comes back
 * is untrusted input: it may have been made up by a model, so it is never an approval.
 *
 * @since 0.1
 */
public sealed interface InputRequest {

    /**
     * Says what the client must be able to do.
     *
     * @return the capability
     */
    ClientCapability needs();

    /**
     * The user is to fill in a form. Never ask for secrets this way.
     *
     * @param message what the user is told
     * @param schema flat object schema of the form
     * @since 0.1
     */
    record Form(String message, Schema schema) implements InputRequest {
        public Form {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(schema, "schema");
        }

        @Override
        public ClientCapability needs() {
            return ClientCapability.ELICITATION_FORM;
        }
    }

    /**
     * The user is to visit a page, such as one that takes a secret.
     *
     * @param message what the user is told
     * @param url the page
     * @since 0.1
     */
    record Visit(String message, String url) implements InputRequest {
        public Visit {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(url, "url");
        }

        @Override
        public ClientCapability needs() {
            return ClientCapability.ELICITATION_URL;
        }
    }

    /**
     * The client's model is to complete a message.
     *
     * @param params parameters of {@code sampling/createMessage}, a JSON object
     * @since 0.1
     */
    record Sampling(Map<String, ? extends @Nullable Object> params) implements InputRequest {
        public Sampling {
            Objects.requireNonNull(params, "params");
        }

        @Override
        public ClientCapability needs() {
            return ClientCapability.SAMPLING;
        }
    }

    /**
     * The client is to name the folders it works in.
     *
     * @since 0.1
     */
    record Roots() implements InputRequest {
        @Override
        public ClientCapability needs() {
            return ClientCapability.ROOTS;
        }
    }
}
