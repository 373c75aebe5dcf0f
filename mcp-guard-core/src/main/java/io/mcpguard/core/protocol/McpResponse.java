package io.mcpguard.core.protocol;

import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The HTTP answer of the MCP endpoint, to be sent as it is.
 *
 * <p>Immutable, except that {@link #body()} is not copied and must not be changed.
 *
 * @since 0.1
 */
public final class McpResponse {

    private final int status;
    private final List<HttpField> headers;
    private final byte[] body;

    /**
     * Makes an answer.
     *
     * @param status HTTP status
     * @param headers header fields, without Content-Length
     * @param body the bytes of the body, empty when there is none; not copied
     */
    public McpResponse(int status, List<HttpField> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
    }

    /**
     * Returns the HTTP status.
     *
     * @return 200, 202 or an error
     */
    public int status() {
        return status;
    }

    /**
     * Returns the header fields.
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
     * @return its first value, or empty when there is none
     */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.isNamed(name))
                .map(HttpField::value)
                .findFirst();
    }

    /**
     * Returns the body.
     *
     * @return the bytes; not a copy
     */
    public byte[] body() {
        return body;
    }

    /** Names status and size only. */
    @Override
    public String toString() {
        return "McpResponse[" + status + ", " + body.length + " bytes]";
    }
}
