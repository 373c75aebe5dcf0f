package io.mcpguard.servlet.rest;

import io.mcpguard.core.door.RestCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.inner.InnerCall;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.servlet.exchange.InnerCallAttribute;
import io.mcpguard.servlet.exchange.ProblemWriter;
import io.mcpguard.servlet.exchange.ReplayedRequest;
import io.mcpguard.servlet.exchange.UnauthenticatedAnswer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stands behind the service's authentication and before its authorization: decides REST requests that select a profile with a
 * credential of the service's own.
 *
 * <p>Requests of MCP calls are already decided and pass. A request of the start-up check is answered here, so that it never
 * reaches a handler.
 *
 * @since 0.1
 */
public final class GuardGateFilter implements Filter {

    private final Function<HttpServletRequest, AuthContext> host;

    /**
     * Makes the gate.
     *
     * @param host what the service's own security has established for a request
     */
    public GuardGateFilter(Function<HttpServletRequest, AuthContext> host) {
        this.host = host;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        Optional<InnerCall<HttpServletRequest>> inner = InnerCallAttribute.of(request);
        if (inner.isPresent()) {
            if (inner.get().tap().isPresent()) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        Optional<UnauthenticatedAnswer> answer = UnauthenticatedAnswer.of(request);
        if (answer.isPresent() && host.apply(request).principal().isEmpty()) {
            answer.get().write(request, response);
            return;
        }
        Optional<RestCall> call = RestCallAttribute.of(request);
        if (call.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean before = call.get().decided();
        Optional<Refusal> refusal = call.get().pass(() -> host.apply(request), new ServletRestRequest(request));
        if (!before) {
            RestDoor.note(call.get(), request);
        }
        if (refusal.isPresent()) {
            ProblemWriter.write(refusal.get(), response);
        } else if (!before && call.get().body().isPresent()) {
            chain.doFilter(new ReplayedRequest(request, call.get().body().get()), response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
