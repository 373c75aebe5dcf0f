package io.mcpguard.servlet.exchange;

import io.mcpguard.invocation.CallOrigin;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request as the service is to see it: without what is the guard's own business, and with what the guard establishes.
 *
 * @since 0.1
 */
public final class EnteredRequest extends HttpServletRequestWrapper {

    private final List<String> hidden;
    private final @Nullable CallOrigin origin;
    private final @Nullable GuardPrincipal principal;
    private final boolean ambientLogin;
    private final @Nullable RecordedResponse recorded;
    private @Nullable AsyncContext async;

    private EnteredRequest(Builder builder) {
        super(builder.request);
        this.hidden = List.copyOf(builder.hidden);
        this.origin = builder.origin;
        this.principal = builder.principal;
        this.ambientLogin = builder.ambientLogin;
        this.recorded = builder.recorded;
    }

    /**
     * Starts from a request as it came in.
     *
     * @param request the request
     * @return a builder that changes nothing yet
     */
    public static Builder of(HttpServletRequest request) {
        return new Builder(request);
    }

    private boolean shows(String name) {
        // A handful, which a loop is through with before a set has its hash.
        for (int i = 0; i < hidden.size(); i++) {
            if (hidden.get(i).equalsIgnoreCase(name)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return shows(name) ? super.getHeader(name) : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return shows(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        return Collections.enumeration(names.stream().filter(this::shows).toList());
    }

    @Override
    public int getIntHeader(String name) {
        return shows(name) ? super.getIntHeader(name) : -1;
    }

    @Override
    public long getDateHeader(String name) {
        return shows(name) ? super.getDateHeader(name) : -1;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return ambientLogin ? super.getCookies() : null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (ambientLogin) {
            return super.getSession(create);
        }
        if (create) {
            // On purpose: a login kept in a session would let a cookie stand in for a credential.
            throw new IllegalStateException("requests of the MCP endpoint have no session");
        }
        return null;
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return ambientLogin ? super.getRequestedSessionId() : null;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return ambientLogin && super.isRequestedSessionIdValid();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return principal != null ? principal : super.getUserPrincipal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        return principal != null ? principal.getName() : super.getRemoteUser();
    }

    @Override
    public @Nullable String getAuthType() {
        return principal != null ? GuardPrincipal.AUTH_TYPE : super.getAuthType();
    }

    @Override
    public boolean isUserInRole(String role) {
        return principal != null ? principal.established().roles().contains(role) : super.isUserInRole(role);
    }

    @Override
    public String getRemoteAddr() {
        return origin != null ? origin.remoteAddress() : super.getRemoteAddr();
    }

    @Override
    public String getRemoteHost() {
        return origin != null ? origin.remoteAddress() : super.getRemoteHost();
    }

    @Override
    public int getRemotePort() {
        return origin != null ? origin.remotePort() : super.getRemotePort();
    }

    @Override
    public String getScheme() {
        return origin != null ? origin.scheme() : super.getScheme();
    }

    @Override
    public boolean isSecure() {
        return origin != null ? origin.secure() : super.isSecure();
    }

    @Override
    public String getServerName() {
        return origin != null ? origin.serverName() : super.getServerName();
    }

    @Override
    public int getServerPort() {
        return origin != null ? origin.serverPort() : super.getServerPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        if (origin == null) {
            return super.getRequestURL();
        }
        return new StringBuffer(origin.scheme())
                .append("://")
                .append(io.mcpguard.core.inner.InnerRequest.host(origin))
                .append(getRequestURI());
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        if (origin != null && name.equals(RequestReader.CERTIFICATES)) {
            return certificates(origin).orElse(null);
        }
        return super.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        if (origin == null) {
            return super.getAttributeNames();
        }
        Set<String> names = new HashSet<>(Collections.list(super.getAttributeNames()));
        names.remove(RequestReader.CERTIFICATES);
        if (certificates(origin).isPresent()) {
            names.add(RequestReader.CERTIFICATES);
        }
        return Collections.enumeration(names);
    }

    private static Optional<Object> certificates(CallOrigin origin) {
        return Optional.of(origin.clientCertificates())
                .filter(Predicate.not(List::isEmpty))
                .map(chain -> chain.toArray(java.security.cert.X509Certificate[]::new));
    }

    @Override
    public AsyncContext startAsync() {
        return recorded == null ? super.startAsync() : startAsync(this, recorded);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext started = super.startAsync(request, response);
        AsyncContext kept = recorded == null ? started : RecordedAsync.watching(started, recorded);
        async = kept;
        return kept;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext kept = async;
        return kept == null ? super.getAsyncContext() : kept;
    }

    /**
     * Collects what is to be different.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final HttpServletRequest request;
        private final List<String> hidden = new ArrayList<>();
        private @Nullable CallOrigin origin;
        private @Nullable GuardPrincipal principal;
        private boolean ambientLogin = true;
        private @Nullable RecordedResponse recorded;

        private Builder(HttpServletRequest request) {
            this.request = request;
        }

        /**
         * Hides headers.
         *
         * @param names header names in any case
         * @return this builder
         */
        public Builder hiding(String... names) {
            Collections.addAll(hidden, names);
            return this;
        }

        /**
         * Makes the request look as if it had come on another connection.
         *
         * @param callOrigin that connection
         * @return this builder
         */
        public Builder from(CallOrigin callOrigin) {
            this.origin = callOrigin;
            return this;
        }

        /**
         * Establishes a principal.
         *
         * @param established who the guard vouches for
         * @return this builder
         */
        public Builder as(io.mcpguard.credential.Principal established) {
            this.principal = new GuardPrincipal(established);
            return this;
        }

        /**
         * Takes away cookies and session.
         *
         * @return this builder
         */
        public Builder withoutAmbientLogin() {
            this.ambientLogin = false;
            return hiding("Cookie");
        }

        /**
         * Ties the response to the request, so that what ends later is recorded too.
         *
         * @param response the response that goes down the chain with the request
         * @return this builder
         */
        public Builder answeredBy(RecordedResponse response) {
            this.recorded = response;
            return this;
        }

        /**
         * Makes the request.
         *
         * @return the wrapper
         */
        public EnteredRequest build() {
            return new EnteredRequest(this);
        }
    }
}
