package io.mcpguard.invocation;

import java.util.concurrent.CompletionStage;

/**
 * Sends a call through the service's own stack, as if it had arrived on the wire.
 *
 * <p>The guard calls this after the decision, the reservation and the intent record, on a thread of its mount.
 *
 * <p>Rules for implementers, each with a test in {@code OperationInvokerContract}:
 *
 * <ul>
 *   <li><b>OI-1</b> The whole stack runs: filters, security, validation, exception mapping, access log. Forward, include
 *       and async dispatch do not qualify.
 *   <li><b>OI-2</b> Method, path, query, headers and body arrive as given, byte for byte.
 *   <li><b>OI-3</b> Every HTTP status is a result, never an exception.
 *   <li><b>OI-4</b> The calling thread is not blocked; the stage completes on another thread, one that may wait: the outcome is
 *       recorded on it. An event loop may not.
 *   <li><b>OI-5</b> A call is sent at most once. It is not retried and redirects are not followed.
 *   <li><b>OI-6</b> No cookie is kept between calls.
 *   <li><b>OI-7</b> After the call's timeout the stage fails with {@code operation-timeout}; the operation may still have
 *       run.
 *   <li><b>OI-8</b> A body over the call's limit is cut and marked, never refused.
 *   <li><b>OI-9</b> The service sees the address, scheme and certificate of the call's origin, not of the service itself.
 * </ul>
 *
 * @since 0.1
 */
public interface OperationInvoker extends AutoCloseable {

    /**
     * Sends one call.
     *
     * @param call the call
     * @return a stage that completes with the service's answer, or fails with an
     *     {@link io.mcpguard.error.InvocationException}
     */
    CompletionStage<OperationResult> invoke(OperationCall call);

    /**
     * Names the way of dispatch for the start-up line and the records.
     *
     * @return a short word such as {@code loopback}
     */
    String name();

    /** Lets go of threads and connections. Calls in flight fail. */
    @Override
    default void close() {}
}
