package io.mcpguard.invocation;

import io.mcpguard.credential.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One fully built request for the service's own stack.
 *
 * <p>The path and query are final: percent-encoded, checked against the operation's template, and not to be decoded, joined
 * or normalized by an invoker. Immutable, except that {@link #body()} is not copied and must not be changed.
 *
 * @since 0.1
 */
public final class OperationCall {

    private final UUID callId;
    private final String method;
    private final String rawPath;
    private final @Nullable String rawQuery;
    private final List<HttpField> headers;
    private final byte[] body;
    private final CallOrigin origin;
    private final @Nullable Principal principal;
    private final Duration timeout;
    private final int maxResponseBytes;

    private OperationCall(Builder builder) {
        this.callId = builder.callId;
        this.method = builder.method;
        this.rawPath = builder.rawPath;
        this.rawQuery = builder.rawQuery;
        this.headers = List.copyOf(builder.headers);
        this.body = builder.body;
        this.origin = builder.origin;
        this.principal = builder.principal;
        this.timeout = builder.timeout;
        this.maxResponseBytes = builder.maxResponseBytes;
    }

    /**
     * Starts a call.
     *
     * @param callId the id that the audit records of this call carry
     * @param method HTTP method in upper case
     * @param rawPath percent-encoded path from the root of the host, starting with {@code /}
     * @param origin the connection of the caller's own request
     * @return a builder with a timeout of 30 seconds and a response limit of 1 MiB
     */
    public static Builder builder(UUID callId, String method, String rawPath, CallOrigin origin) {
        return new Builder(callId, method, rawPath, origin);
    }

    /**
     * Returns the id of the call.
     *
     * @return the id that the audit records of this call carry
     */
    public UUID callId() {
        return callId;
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path.
     *
     * @return the percent-encoded path from the root of the host
     */
    public String rawPath() {
        return rawPath;
    }

    /**
     * Returns the query.
     *
     * @return the percent-encoded query without its question mark, or empty when there is none
     */
    public Optional<String> rawQuery() {
        return Optional.ofNullable(rawQuery);
    }

    /**
     * Returns the header fields, in order.
     *
     * @return an immutable list; it never holds Content-Length, Connection or another hop-by-hop field
     */
    public List<HttpField> headers() {
        return headers;
    }

    /**
     * Returns the request body.
     *
     * @return the bytes, empty when the request has no body; not a copy
     */
    public byte[] body() {
        return body;
    }

    /**
     * Returns the connection of the caller's own request.
     *
     * @return the origin
     */
    public CallOrigin origin() {
        return origin;
    }

    /**
     * Returns the principal that the guard vouches for.
     *
     * @return the principal to establish on the inner request, or empty when the headers carry the caller's own credential
     *     and the service's security is to judge it
     */
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    /**
     * Returns the longest time the call may take.
     *
     * @return a positive duration
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns how much of the response body is kept.
     *
     * @return the limit in bytes
     */
    public int maxResponseBytes() {
        return maxResponseBytes;
    }

    /** Names the call and its method only: what a caller passes, in the path too, does not belong in a log. */
    @Override
    public String toString() {
        return "OperationCall[" + callId + " " + method + "]";
    }

    /**
     * Collects the parts of a call.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final UUID callId;
        private final String method;
        private final String rawPath;
        private final CallOrigin origin;
        private final List<HttpField> headers = new ArrayList<>();
        private @Nullable String rawQuery;
        private byte[] body = {};
        private @Nullable Principal principal;
        private Duration timeout = Duration.ofSeconds(30);
        private int maxResponseBytes = 1 << 20;

        private Builder(UUID callId, String method, String rawPath, CallOrigin origin) {
            this.callId = Objects.requireNonNull(callId, "callId");
            this.method = Objects.requireNonNull(method, "method");
            this.rawPath = Objects.requireNonNull(rawPath, "rawPath");
            this.origin = Objects.requireNonNull(origin, "origin");
        }

        /**
         * Sets the query.
         *
         * @param rawQuery percent-encoded query without its question mark, or null for none
         * @return this builder
         */
        public Builder rawQuery(@Nullable String rawQuery) {
            this.rawQuery = rawQuery;
            return this;
        }

        /**
         * Adds a header field.
         *
         * @param name the field name
         * @param value the field value
         * @return this builder
         */
        public Builder header(String name, String value) {
            headers.add(new HttpField(name, value));
            return this;
        }

        /**
         * Sets the body.
         *
         * @param body the bytes, not copied
         * @return this builder
         */
        public Builder body(byte[] body) {
            this.body = Objects.requireNonNull(body, "body");
            return this;
        }

        /**
         * Sets the principal that the guard vouches for.
         *
         * @param principal the principal, or null when the caller's own credential is in the headers
         * @return this builder
         */
        public Builder principal(@Nullable Principal principal) {
            this.principal = principal;
            return this;
        }

        /**
         * Sets the longest time the call may take.
         *
         * @param timeout a positive duration
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets how much of the response body is kept.
         *
         * @param maxResponseBytes limit in bytes, not negative
         * @return this builder
         */
        public Builder maxResponseBytes(int maxResponseBytes) {
            this.maxResponseBytes = maxResponseBytes;
            return this;
        }

        /**
         * Makes the call, after checking all of it.
         *
         * @return the call
         * @throws IllegalArgumentException naming every mistake at once
         */
        public OperationCall build() {
            List<String> mistakes = new ArrayList<>();
            if (!HttpField.isToken(method) || !method.equals(method.toUpperCase(java.util.Locale.ROOT))) {
                mistakes.add("the method must be an upper-case token");
            }
            if (!rawPath.startsWith("/") || !isUriText(rawPath) || rawPath.indexOf('?') >= 0) {
                mistakes.add("the path must start with '/' and be percent-encoded");
            }
            if (rawQuery != null && !isUriText(rawQuery)) {
                mistakes.add("the query must be percent-encoded");
            }
            if (timeout.isNegative() || timeout.isZero()) {
                mistakes.add("the timeout must be positive");
            }
            if (maxResponseBytes < 0) {
                mistakes.add("the response limit must not be negative");
            }
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", mistakes));
            }
            return new OperationCall(this);
        }

        /** Visible ASCII without '#', the only bytes a request target may hold (RFC 9112 section 3.2). */
        private static boolean isUriText(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c <= 0x20 || c >= 0x7F || c == '#' || c == '"' || c == '<' || c == '>') {
                    return false;
                }
            }
            return true;
        }
    }
}
