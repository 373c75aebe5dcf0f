package io.mcpguard.core.inner;

import java.util.List;

/**
 * Watches one inner request from the service's first filter on. A request that is watched never reaches a handler of the
 * service: the guard answers it after the service's authentication at the latest.
 *
 * @param <R> how the mount sees a request
 * @since 0.1
 */
public interface Tap<R> {

    /**
     * The request has reached the guard's first filter.
     *
     * @param request the request before anything of the guard has touched it
     */
    void entered(R request);

    /**
     * Something has begun to answer. Called once.
     *
     * @param frames class names of the filters, valves and servlets on the stack, innermost first
     */
    void answered(List<String> frames);
}
