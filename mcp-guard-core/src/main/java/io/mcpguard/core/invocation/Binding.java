package io.mcpguard.core.invocation;

import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Optional;

/**
 * What came of binding arguments to an operation.
 *
 * @since 0.1
 */
public sealed interface Binding {

    /**
     * The arguments fit and the request is built.
     *
     * @since 0.1
     */
    final class Bound implements Binding {

        private final String rawPath;
        private final Optional<String> rawQuery;
        private final List<HttpField> headers;
        private final byte[] body;

        Bound(String rawPath, Optional<String> rawQuery, List<HttpField> headers, byte[] body) {
            this.rawPath = rawPath;
            this.rawQuery = rawQuery;
            this.headers = List.copyOf(headers);
            this.body = body;
        }

        /**
         * Returns the path.
         *
         * @return percent-encoded path, matched back against the operation's template
         */
        public String rawPath() {
            return rawPath;
        }

        /**
         * Returns the query.
         *
         * @return percent-encoded query, or empty when there is none
         */
        public Optional<String> rawQuery() {
            return rawQuery;
        }

        /**
         * Returns the headers.
         *
         * @return the declared headers that were given, and Content-Type when there is a body
         */
        public List<HttpField> headers() {
            return headers;
        }

        /**
         * Returns the body.
         *
         * @return the bytes, empty when there is no body; not a copy
         */
        public byte[] body() {
            return body;
        }
    }

    /**
     * The arguments do not fit; nothing was called.
     *
     * @param problems each with a JSON Pointer into the arguments ({@code /path/orderId}) and what is allowed there
     * @since 0.1
     */
    record Unfit(List<SchemaProblem> problems) implements Binding {
        public Unfit {
            problems = List.copyOf(problems);
        }
    }
}
