package io.mcpguard.servlet.exchange;

import io.mcpguard.core.inner.InnerCall;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Where a recognized inner call stands on its request, for the guard's other filters.
 *
 * @since 0.1
 */
public final class InnerCallAttribute {

    private static final String NAME = InnerCallAttribute.class.getName();

    private InnerCallAttribute() {}

    /**
     * Marks a request.
     *
     * @param request the request
     * @param call the call it belongs to
     */
    public static void set(HttpServletRequest request, InnerCall<HttpServletRequest> call) {
        request.setAttribute(NAME, call);
    }

    /**
     * Finds the call of a request.
     *
     * @param request any request of the service
     * @return the call, or empty for a request of the outside
     */
    @SuppressWarnings("unchecked") // Only set() writes this attribute.
    public static Optional<InnerCall<HttpServletRequest>> of(HttpServletRequest request) {
        return Optional.ofNullable((InnerCall<HttpServletRequest>) request.getAttribute(NAME));
    }
}
