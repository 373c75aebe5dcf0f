package io.mcpguard.spring;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the MCP servlet on the server before the guard behind it exists, as {@link LateFilter} does for filters.
 *
 * <p>The server makes a servlet ready with its first request, when everything of the service is made.
 */
final class LateServlet implements Servlet {

    private final Supplier<? extends Servlet> servlet;
    private @Nullable ServletConfig config;

    LateServlet(Supplier<? extends Servlet> servlet) {
        this.servlet = servlet;
    }

    @Override
    public void init(ServletConfig given) throws ServletException {
        config = given;
        servlet.get().init(given);
    }

    @Override
    public @Nullable ServletConfig getServletConfig() {
        return config;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        servlet.get().service(request, response);
    }

    @Override
    public String getServletInfo() {
        return "mcp-guard";
    }

    /** The mount is closed with the service's context. */
    @Override
    public void destroy() {}
}
