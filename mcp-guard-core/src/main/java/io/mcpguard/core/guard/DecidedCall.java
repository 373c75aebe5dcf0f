package io.mcpguard.core.guard;

import io.mcpguard.core.catalog.PublishedOperation;
import java.util.Objects;
import java.util.UUID;

/**
 * What the guard has decided about a request that it let through, for the framework behind it to check what it is about to run.
 *
 * @param callId id of the records of the call
 * @param operation what the caller may run
 * @since 0.1
 */
public record DecidedCall(UUID callId, PublishedOperation operation) {

    /** Name of the attribute or property of a request that carries it; a request without it is none of the guard's. */
    public static final String PROPERTY = "io.mcpguard.decided-call";

    public DecidedCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(operation, "operation");
    }
}
