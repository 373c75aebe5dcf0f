package io.mcpguard.core.guard;

/**
 * What asking to listen for changes comes to.
 *
 * @since 0.1
 */
public sealed interface Listening permits Listening.Open, Refusal {

    /**
     * The caller listens.
     *
     * @param end gives the permit back; to be run once, when the stream has ended
     * @since 0.1
     */
    record Open(Runnable end) implements Listening {}
}
