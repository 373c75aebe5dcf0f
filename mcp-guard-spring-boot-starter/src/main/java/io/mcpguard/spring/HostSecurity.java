package io.mcpguard.spring;

import io.mcpguard.credential.AuthContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The service's own security, if it has one that the guard can ask. A bean of this type says that the service authenticates
 * callers, so that the guard may start without API keys.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HostSecurity {

    /**
     * Tells what has been established for a request.
     *
     * @param request a request behind the service's authentication
     * @return the context to ask, on the request's own thread
     */
    AuthContext of(HttpServletRequest request);
}
