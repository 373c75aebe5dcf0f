package io.mcpguard.servlet.exchange;

import io.mcpguard.core.guard.DecidedCall;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Where the guard's decision stands on a request that it let through, whichever door the call came by.
 *
 * @since 0.1
 */
public final class DecidedCallAttribute {

    private DecidedCallAttribute() {}

    /**
     * Marks a request.
     *
     * @param request the request
     * @param call what was decided
     */
    public static void set(HttpServletRequest request, DecidedCall call) {
        request.setAttribute(DecidedCall.PROPERTY, call);
    }

    /**
     * Finds what was decided about a request.
     *
     * @param request a request inside the service
     * @return the call, or empty for a request that the guard had no part in
     */
    public static Optional<DecidedCall> of(HttpServletRequest request) {
        return Optional.ofNullable((DecidedCall) request.getAttribute(DecidedCall.PROPERTY));
    }
}
