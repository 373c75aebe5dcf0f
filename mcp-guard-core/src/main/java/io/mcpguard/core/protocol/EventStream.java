package io.mcpguard.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is made while it is sent: server-sent events, each a JSON-RPC message, and comments that keep
 * the connection open.
 *
 * <p>The mount calls {@link #onReady} once and then {@link #poll} until it gives nothing, again after each wake-up, one thread
 * at a time. When {@link #ended()} it ends the HTTP response. The number of waiting bytes is bounded here.
 *
 * @since 0.1
 */
public interface EventStream {

    /**
     * Sets what to call when there may be something new to send. Called at once if there is already.
     *
     * @param wake comes from any thread, and must not block
     */
    void onReady(Runnable wake);

    /**
     * Takes what is to be sent next.
     *
     * @return whole events or comments, or null when none waits now
     */
    byte @Nullable [] poll();

    /**
     * Says whether everything has been taken.
     *
     * @return true when {@link #poll} will never give anything again
     */
    boolean ended();

    /** Says that the client is gone. Nothing more is sent, and what can be stopped is. May be called more than once. */
    void abandon();
}
