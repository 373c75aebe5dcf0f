package io.mcpguard.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Stands in the server's filter chain before the guard behind it exists.
 *
 * <p>A server is told its filters before the service's controllers are known, and the guard needs those. The server takes
 * requests only after everything is made, so there is always a filter when one is asked for; if there were none, the request
 * would fail.
 *
 * @param filter finds the filter
 * @since 0.1
 */
public record LateFilter(Supplier<? extends Filter> filter) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.get().doFilter(request, response, chain);
    }
}
