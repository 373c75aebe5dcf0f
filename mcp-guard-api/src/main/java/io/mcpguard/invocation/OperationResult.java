package io.mcpguard.invocation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the service answered to one call.
 *
 * <p>Immutable, except that {@link #body()} is not copied and must not be changed.
 *
 * @since 0.1
 */
public final class OperationResult {

    private final int status;
    private final List<HttpField> headers;
    private final byte[] body;
    private final boolean truncated;

    /**
     * Makes a result.
     *
     * @param status HTTP status, 200 to 599
     * @param headers response header fields, in order
     * @param body the body, or its first bytes when it was cut; not copied
     * @param truncated whether the body was longer than the call's limit
     */
    public OperationResult(int status, List<HttpField> headers, byte[] body, boolean truncated) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a final HTTP status is 200 to 599, not " + status);
        }
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
        this.truncated = truncated;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Returns the response header fields, in order.
     *
     * @return an immutable list
     */
    public List<HttpField> headers() {
        return headers;
    }

    /**
     * Finds a header.
     *
     * @param name the field name, in any case
     * @return the first value, or empty when there is none
     */
    public Optional<String> header(String name) {
        for (HttpField field : headers) {
            if (field.isNamed(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the body.
     *
     * @return the bytes, possibly cut; not a copy
     */
    public byte[] body() {
        return body;
    }

    /**
     * Says whether the body was cut.
     *
     * @return true when the service sent more than the call's limit
     */
    public boolean truncated() {
        return truncated;
    }

    /** Names the status and size only: a body does not belong in a log. */
    @Override
    public String toString() {
        return "OperationResult[" + status + ", " + body.length + (truncated ? " bytes, cut]" : " bytes]");
    }
}
