package io.mcpguard.servlet.exchange;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Runs the service and makes sure that its answer, however it comes, is on record before it leaves.
 *
 * @since 0.1
 */
public final class RecordedChain {

    private static final String ATTRIBUTE = RecordedChain.class.getName();

    private RecordedChain() {}

    /**
     * Takes a request into the service.
     *
     * @param request the request as the service sees it
     * @param response the response that records
     * @param chain the service
     * @throws IOException as the service does
     * @throws ServletException as the service does
     */
    public static void follow(HttpServletRequest request, RecordedResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, response);
        run(request, response, response, chain);
    }

    /**
     * Takes a request on after the service has dispatched it from an asynchronous context.
     *
     * @param request the request
     * @param response the response that the service has dispatched it with
     * @param chain the service
     * @throws IOException as the service does
     * @throws ServletException as the service does
     */
    public static void resume(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(ATTRIBUTE) instanceof RecordedResponse recorded) {
            run(request, response, recorded, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void run(
            HttpServletRequest request, HttpServletResponse response, RecordedResponse recorded, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            if (recorded.fail(statusOf(e))) {
                throw e;
            }
            return;
        }
        if (!request.isAsyncStarted()) {
            recorded.finish();
        }
    }

    /** What the container makes of an exception that nobody handles (Servlet 6.0 section 10.9.2). */
    private static int statusOf(Throwable failure) {
        if (failure instanceof UnavailableException unavailable) {
            return unavailable.isPermanent()
                    ? HttpServletResponse.SC_NOT_FOUND
                    : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
