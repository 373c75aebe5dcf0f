package io.mcpguard.servlet.entry;

import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.servlet.exchange.RecordedChain;
import io.mcpguard.servlet.exchange.RequestReader;
import io.mcpguard.servlet.rest.RestDoor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The first filter of the service, for the dispatcher types REQUEST and ASYNC. Sends every request to its door: the guard's own
 * inner calls, the MCP endpoint, or REST.
 *
 * @since 0.1
 */
public final class GuardEntryFilter implements Filter {

    private final String mcpServletName;
    private final Consumer<HttpServletRequest> arrivals;
    private final InnerDoor inner;
    private final McpDoor mcp;
    private final RestDoor rest;
    private final MetadataDoor metadata;

    /**
     * Makes the filter.
     *
     * @param guard identifies and records
     * @param calls the inner calls that are open
     * @param rest lets REST requests in
     * @param serving refuses MCP clients that are not recognized
     * @param mcpServletName name under which the MCP servlet is registered; the container's own mapping decides what is a
     *     request of the MCP endpoint, so that no spelling of its path is taken for something else
     * @param arrivals told of each request of the endpoint, before anybody is identified
     * @param frontage what stands in front of the service
     * @param resource what clients are told that have no token yet
     * @param clock the time
     */
    public GuardEntryFilter(
            Guard guard,
            InnerCalls<HttpServletRequest> calls,
            RestDoor rest,
            McpServing serving,
            String mcpServletName,
            Consumer<HttpServletRequest> arrivals,
            Frontage frontage,
            Optional<ProtectedResource> resource,
            InstantSource clock) {
        this.arrivals = arrivals;
        this.mcpServletName = mcpServletName;
        this.inner = new InnerDoor(guard, calls, rest, frontage, clock);
        this.mcp = new McpDoor(guard, serving, frontage, clock);
        this.rest = rest;
        this.metadata = new MetadataDoor(resource);
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            RecordedChain.resume(request, response, chain);
            return;
        }
        boolean toMcp = mcpServletName.equals(request.getHttpServletMapping().getServletName());
        List<String> nonces = RequestReader.values(request, InnerCalls.HEADER);
        if (!nonces.isEmpty()) {
            inner.enter(nonces, toMcp, request, response, chain);
        } else if (toMcp) {
            arrivals.accept(request);
            mcp.enter(request, response, chain);
        } else if (!metadata.answers(request, response)) {
            rest.enter(request, response, chain);
        }
    }
}
