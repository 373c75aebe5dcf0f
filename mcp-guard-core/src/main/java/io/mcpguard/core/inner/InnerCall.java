package io.mcpguard.core.inner;

import io.mcpguard.invocation.OperationCall;
import java.util.Objects;
import java.util.Optional;

/**
 * A request of the guard's own that has been recognized by its nonce.
 *
 * @param <R> how the mount sees a request
 * @param call the call it carries out
 * @param tap who watches it, for a request of the start-up check; empty for a real call
 * @since 0.1
 */
public record InnerCall<R>(OperationCall call, Optional<Tap<R>> tap) {
    public InnerCall {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(tap, "tap");
    }
}
