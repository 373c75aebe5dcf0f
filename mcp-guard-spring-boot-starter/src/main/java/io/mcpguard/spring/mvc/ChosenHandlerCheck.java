package io.mcpguard.spring.mvc;

import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.decision.Reason;
import io.mcpguard.servlet.exchange.DecidedCallAttribute;
import io.mcpguard.servlet.exchange.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses to run a handler that is not the one of the operation which the guard decided on.
 *
 * <p>The guard matches paths by templates of published operations only. Spring knows all of them and prefers the more literal
 * one: a value for {@code /orders/{orderId}} may be the name of an endpoint {@code /orders/purge} that nobody published. What
 * runs must be what was decided.
 */
final class ChosenHandlerCheck implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ChosenHandlerCheck.class);

    private final Supplier<MvcOperationSource> operations;

    /**
     * Makes the check.
     *
     * @param operations knows the handler of each operation
     */
    ChosenHandlerCheck(Supplier<MvcOperationSource> operations) {
        this.operations = operations;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            // Where a handler sends its own request is the service's doing.
            return true;
        }
        Optional<DecidedCall> decided = DecidedCallAttribute.of(request);
        if (decided.isEmpty() || isHandlerOf(decided.get().operation().id(), handler)) {
            return true;
        }
        LOG.warn(
                "Call {} of operation {} would have run another handler than the operation's and was refused;"
                        + " no value of a path variable may be the name of another endpoint",
                decided.get().callId(),
                decided.get().operation().id());
        ProblemWriter.write(
                new Refusal(Reason.OPERATION_NOT_AVAILABLE, decided.get().callId()), response);
        return false;
    }

    /** Operations of other sources have handlers that only those know. */
    private boolean isHandlerOf(String operationId, Object handler) {
        Optional<HandlerMethod> expected = operations.get().handlerOf(operationId);
        return expected.isEmpty()
                || (handler instanceof HandlerMethod chosen
                        && chosen.getMethod().equals(expected.get().getMethod())
                        && chosen.getBeanType().equals(expected.get().getBeanType()));
    }
}
