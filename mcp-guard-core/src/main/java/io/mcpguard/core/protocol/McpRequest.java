package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.Recognition;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Presentation;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One HTTP request that arrived at the MCP endpoint.
 *
 * <p>Immutable, except that {@link #body()} is not copied and must not be changed.
 *
 * @since 0.1
 */
public final class McpRequest {

    private final String httpMethod;
    private final List<HttpField> headers;
    private final byte[] body;
    private final CallOrigin origin;
    private final AuthContext host;
    private final Presentation presentation;
    private final Optional<Recognition> recognition;

    /**
     * Makes a request.
     *
     * @param httpMethod HTTP method as sent
     * @param headers every header field line, in order, repeated ones included
     * @param body the bytes of the body, empty when there is none; not copied
     * @param origin the connection it arrived on
     * @param host what the service's own security has established for it
     */
    public McpRequest(String httpMethod, List<HttpField> headers, byte[] body, CallOrigin origin, AuthContext host) {
        this(httpMethod, headers, body, origin, host, Presentation.none(), Optional.empty());
    }

    /**
     * Makes a request of which the mount has already asked the guard's own verifiers, to establish its principal.
     *
     * @param httpMethod HTTP method as sent
     * @param headers every header field line, in order, repeated ones included
     * @param body the bytes of the body, empty when there is none; not copied
     * @param origin the connection it arrived on
     * @param host what the service's own security has established for it
     * @param presentation how its credential is presented
     * @param recognition what they said of the same credential; empty when the endpoint is to ask
     */
    public McpRequest(
            String httpMethod,
            List<HttpField> headers,
            byte[] body,
            CallOrigin origin,
            AuthContext host,
            Presentation presentation,
            Optional<Recognition> recognition) {
        this.httpMethod = Objects.requireNonNull(httpMethod, "httpMethod");
        this.headers = List.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.host = Objects.requireNonNull(host, "host");
        this.presentation = Objects.requireNonNull(presentation, "presentation");
        this.recognition = Objects.requireNonNull(recognition, "recognition");
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method as sent
     */
    public String httpMethod() {
        return httpMethod;
    }

    /**
     * Returns the header field lines.
     *
     * @return an immutable list, in order
     */
    public List<HttpField> headers() {
        return headers;
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
     * Returns the connection it arrived on.
     *
     * @return the origin
     */
    public CallOrigin origin() {
        return origin;
    }

    /**
     * Returns what the service's own security has established.
     *
     * @return the context of this request
     */
    public AuthContext host() {
        return host;
    }

    /**
     * Returns how the credential is presented.
     *
     * @return the presentation; it proves nothing unless the mount says otherwise
     */
    public Presentation presentation() {
        return presentation;
    }

    /**
     * Returns what the guard's own verifiers said, when they have been asked already.
     *
     * @return what they said, or empty when the endpoint is to ask
     */
    public Optional<Recognition> recognition() {
        return recognition;
    }

    /** Names method and size only: headers and body do not belong in a log. */
    @Override
    public String toString() {
        return "McpRequest[" + httpMethod + ", " + body.length + " bytes]";
    }
}
