package io.mcpguard.servlet.entry;

import io.mcpguard.credential.AuthContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The MCP endpoint on a servlet container. Must be registered with support for asynchronous requests and behind
 * {@link GuardEntryFilter}, without which it answers nothing.
 *
 * @since 0.1
 */
public final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient McpServing serving;
    private final transient Function<HttpServletRequest, AuthContext> host;

    /**
     * Makes the servlet.
     *
     * @param serving serves what comes in
     * @param host what the service's own security has established for a request
     */
    public McpServlet(McpServing serving, Function<HttpServletRequest, AuthContext> host) {
        this.serving = serving;
        this.host = host;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<McpEntry> entry = McpEntry.of(request);
        if (entry.isEmpty()) {
            // Only a mistake in the wiring leads here. Cookies would not have been taken away: nothing is served.
            getServletContext().log("The MCP endpoint is not behind the guard's entry filter; requests are refused");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        entry.get().reach();
        serving.serve(entry.get(), request, response, host.apply(request));
    }
}
