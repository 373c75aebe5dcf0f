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
    private final Optional<EventStream> stream;

    /**
     * Makes an answer.
     *
     * @param status HTTP status
     * @param headers header fields, without Content-Length
     * @param body the bytes of the body, empty when there is none; not copied
     */
    public McpResponse(int status, List<HttpField> headers, byte[] body) {
        this(status, headers, body, Optional.empty());
    }

    /**
     * Makes an answer that is sent while it is made.
     *
     * @param headers header fields, {@code Content-Type} among them
     * @param stream the body
     */
    McpResponse(List<HttpField> headers, EventStream stream) {
        this(200, headers, new byte[0], Optional.of(stream));
    }

    private McpResponse(int status, List<HttpField> headers, byte[] body, Optional<EventStream> stream) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
        this.stream = stream;
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

    /**
     * Returns the body that is still being made.
     *
     * @return the stream, to be sent instead of {@link #body()}; empty when the body is whole
     */
    public Optional<EventStream> stream() {
        return stream;
    }

    /** Names status and size only. */
    @Override
    public String toString() {
        return "McpResponse[" + status + ", " + (stream.isPresent() ? "stream" : body.length + " bytes") + "]";
    }
}
