package io.mcpguard.servlet.rest;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.inner.InnerCall;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.servlet.exchange.InnerCallAttribute;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What the guard has decided about a request that it let through, for the framework behind it to check what it is about to run.
 *
 * @param callId id of the records of the call
 * @param operation what the caller may run
 * @since 0.1
 */
public record DecidedCall(UUID callId, PublishedOperation operation) {

    public DecidedCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(operation, "operation");
    }

    /**
     * Finds what was decided, whichever door the call came through.
     *
     * @param request a request inside the service
     * @param catalog what the service publishes
     * @return the call, or empty for a request that the guard had no part in
     */
    public static Optional<DecidedCall> of(HttpServletRequest request, Catalog catalog) {
        Optional<OperationCall> inner = InnerCallAttribute.of(request)
                .filter(call -> call.tap().isEmpty())
                .map(InnerCall::call);
        if (inner.isPresent()) {
            return catalog.match(inner.get().method(), inner.get().rawPath())
                    .map(operation -> new DecidedCall(inner.get().callId(), operation));
        }
        Optional<GuardedCall> outer = RestExchange.of(request).flatMap(RestExchange::call);
        return outer.map(call -> new DecidedCall(call.callId(), call.operation()));
    }
}
