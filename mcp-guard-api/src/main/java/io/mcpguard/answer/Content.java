package io.mcpguard.answer;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One piece of what a model is shown (MCP 2026-07-28, content types). A client in a revision that does not know a kind gets
 * it as text.
 *
 * @since 0.1
 */
public sealed interface Content {

    /**
     * Returns for whom the content is.
     *
     * @return the hints, or empty for none
     */
    Optional<Annotations> annotations();

    /**
     * Says for whom content is and how much it matters. Hints only.
     *
     * @param audience who should see it; empty for everybody
     * @param priority 0 (optional) to 1 (required)
     * @param lastModified ISO 8601 time of the last change
     * @since 0.1
     */
    record Annotations(Set<Role> audience, OptionalDouble priority, Optional<String> lastModified) {
        public Annotations {
            audience = Set.copyOf(audience);
            Objects.requireNonNull(lastModified, "lastModified");
            if (priority.isPresent() && !(priority.getAsDouble() >= 0 && priority.getAsDouble() <= 1)) {
                throw new IllegalArgumentException("a priority is between 0 and 1");
            }
        }
    }

    /** Who speaks or listens. */
    enum Role {
        /** The person. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /**
     * Text.
     *
     * @param text the text
     * @param annotations for whom it is
     * @since 0.1
     */
    record Text(String text, Optional<Annotations> annotations) implements Content {
        public Text {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(annotations, "annotations");
        }
    }

    /**
     * A picture.
     *
     * @param data the bytes in base64 (RFC 4648 section 4)
     * @param mimeType such as {@code image/png}
     * @param annotations for whom it is
     * @since 0.1
     */
    record Image(String data, String mimeType, Optional<Annotations> annotations) implements Content {
        public Image {
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(mimeType, "mimeType");
            Objects.requireNonNull(annotations, "annotations");
        }
    }

    /**
     * A sound.
     *
     * @param data the bytes in base64 (RFC 4648 section 4)
     * @param mimeType such as {@code audio/wav}
     * @param annotations for whom it is
     * @since 0.1
     */
    record Audio(String data, String mimeType, Optional<Annotations> annotations) implements Content {
        public Audio {
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(mimeType, "mimeType");
            Objects.requireNonNull(annotations, "annotations");
        }
    }

    /**
     * A pointer to a resource that the client may read.
     *
     * @param uri its URI
     * @param name its name
     * @param description what it is; empty for nothing
     * @param mimeType its media type
     * @param annotations for whom it is
     * @since 0.1
     */
    record Link(
            String uri, String name, String description, Optional<String> mimeType, Optional<Annotations> annotations)
            implements Content {
        public Link {
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(mimeType, "mimeType");
            Objects.requireNonNull(annotations, "annotations");
        }
    }

    /**
     * A resource itself.
     *
     * @param resource what it holds
     * @param annotations for whom it is
     * @since 0.1
     */
    record Embedded(ResourceContent resource, Optional<Annotations> annotations) implements Content {
        public Embedded {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(annotations, "annotations");
        }
    }

    /**
     * Makes text for everybody.
     *
     * @param text the text
     * @return the content
     */
    static Content text(String text) {
        return new Text(text, Optional.empty());
    }

    /**
     * Makes a picture for everybody.
     *
     * @param data the bytes in base64
     * @param mimeType such as {@code image/png}
     * @return the content
     */
    static Content image(String data, String mimeType) {
        return new Image(data, mimeType, Optional.empty());
    }

    /**
     * Makes a sound for everybody.
     *
     * @param data the bytes in base64
     * @param mimeType such as {@code audio/wav}
     * @return the content
     */
    static Content audio(String data, String mimeType) {
        return new Audio(data, mimeType, Optional.empty());
    }

    /**
     * Makes a resource for everybody.
     *
     * @param resource what it holds
     * @return the content
     */
    static Content embedded(ResourceContent resource) {
        return new Embedded(resource, Optional.empty());
    }
}
