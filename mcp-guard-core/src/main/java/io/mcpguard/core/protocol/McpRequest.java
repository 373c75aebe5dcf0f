package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.Identification;
import io.mcpguard.credential.AuthContext;
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
    private final Optional<Identification.Identified> identified;

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
        this(httpMethod, headers, body, origin, host, Optional.empty());
    }

    /**
     * Makes a request whose caller the mount has already had identified by the guard, to establish its principal.
     *
     * @param httpMethod HTTP method as sent
     * @param headers every header field line, in order, repeated ones included
     * @param body the bytes of the body, empty when there is none; not copied
     * @param origin the connection it arrived on
     * @param host what the service's own security has established for it
     * @param identified who calls, from the same headers; empty when the endpoint is to find out
     */
    public McpRequest(
            String httpMethod,
            List<HttpField> headers,
            byte[] body,
            CallOrigin origin,
            AuthContext host,
            Optional<Identification.Identified> identified) {
        this.httpMethod = Objects.requireNonNull(httpMethod, "httpMethod");
        this.headers = List.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.host = Objects.requireNonNull(host, "host");
        this.identified = Objects.requireNonNull(identified, "identified");
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
     * Returns who calls, when the guard has been asked already.
     *
     * @return the identified caller, or empty when the endpoint is to find out
     */
    public Optional<Identification.Identified> identified() {
        return identified;
    }

    /** Names method and size only: headers and body do not belong in a log. */
    @Override
    public String toString() {
        return "McpRequest[" + httpMethod + ", " + body.length + " bytes]";
    }
}
