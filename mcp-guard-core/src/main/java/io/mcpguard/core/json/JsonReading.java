package io.mcpguard.core.json;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What {@link StrictJson} made of some bytes.
 *
 * @since 0.1
 */
public sealed interface JsonReading {

    /**
     * One well-formed document.
     *
     * @param root its tree
     * @since 0.1
     */
    record Document(JsonNode root) implements JsonReading {
        public Document {
            Objects.requireNonNull(root, "root");
        }
    }

    /**
     * No document, or one that is refused.
     *
     * @param flaw what is wrong with it
     * @since 0.1
     */
    record Malformed(Flaw flaw) implements JsonReading {
        public Malformed {
            Objects.requireNonNull(flaw, "flaw");
        }
    }

    /** What is wrong with a document. Says nothing of its content, so it may be shown and recorded. */
    enum Flaw {
        /** There is nothing but white space. */
        EMPTY("json-empty"),
        /** More bytes than the limit. */
        TOO_LARGE("json-too-large"),
        /** Not UTF-8, or half of a surrogate pair. */
        NOT_UTF8("json-not-utf8"),
        /** A byte order mark, which JSON on a network must not have (RFC 8259 section 8.1). */
        BYTE_ORDER_MARK("json-byte-order-mark"),
        /** Not JSON by RFC 8259: comments, NaN, single quotes, trailing commas and everything else. */
        SYNTAX("json-syntax"),
        /** A property occurs twice in one object. */
        DUPLICATE_KEY("json-duplicate-key"),
        /** Something follows the document. */
        TRAILING_DATA("json-trailing-data"),
        /** More levels than the limit. */
        TOO_DEEP("json-too-deep"),
        /** A string, number or exponent beyond its limit. */
        TOO_LONG("json-value-too-long"),
        /** More properties and elements than the limit. */
        TOO_MANY("json-too-many-elements");

        private final String code;

        Flaw(String code) {
            this.code = code;
        }

        /**
         * Returns a stable code for the audit trail.
         *
         * @return lower-case words joined by hyphens
         */
        public String code() {
            return code;
        }
    }
}
