package io.mcpguard.servlet.rest;

import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.inner.InnerCall;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Reason;
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

    private final RestDoor door;
    private final Function<HttpServletRequest, AuthContext> host;

    /**
     * Makes the gate.
     *
     * @param door decides
     * @param host what the service's own security has established for a request
     */
    public GuardGateFilter(RestDoor door, Function<HttpServletRequest, AuthContext> host) {
        this.door = door;
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
        Optional<RestExchange> exchange = RestExchange.of(request);
        if (exchange.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean before = exchange.get().decided();
        Optional<Refusal> refusal = decide(exchange.get(), request);
        if (refusal.isPresent()) {
            ProblemWriter.write(refusal.get(), response);
        } else if (!before && exchange.get().body().isPresent()) {
            chain.doFilter(new ReplayedRequest(request, exchange.get().body().get()), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Refusal> decide(RestExchange exchange, HttpServletRequest request) throws IOException {
        Optional<GuardedCall> call = exchange.call();
        if (call.isPresent() && !exchange.method().equals(request.getMethod())) {
            // A filter of the service has turned the request into another operation than the one decided on.
            exchange.decide(null);
            return Optional.of(call.get().failed(Reason.OPERATION_NOT_AVAILABLE, "method-rewritten-by-service"));
        }
        if (exchange.decided() || !exchange.presentsProfile()) {
            return Optional.empty();
        }
        return door.admit(exchange, host.apply(request), request);
    }
}
