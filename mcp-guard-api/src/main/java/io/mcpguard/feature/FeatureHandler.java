package io.mcpguard.feature;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Does what a feature of the service's own is for.
 *
 * <p>Called on a thread of the guard, after the guard has admitted the call and its intent is on record; several calls at once.
 * It may block that thread, of which there are as many as the service's settings say, unless it {@linkplain #blocks() says that
 * it does not}. What it throws, or its stage fails with, is a failed call: the caller gets a fixed sentence, the log the cause.
 *
 * @param <A> what it answers
 * @since 0.1
 */
@FunctionalInterface
public interface FeatureHandler<A> {

    /**
     * Handles a call.
     *
     * @param call the call
     * @return the answer when it is there
     * @throws Exception when there is none; its text never reaches the caller
     */
    CompletionStage<? extends A> handle(FeatureCall call) throws Exception;

    /**
     * Says whether the handler may wait for something. One that does not, and is done in far less than a millisecond, is called
     * on the thread that carries the request, which saves two changes of threads. There no timeout of the guard interrupts it.
     *
     * @return true unless overridden
     */
    default boolean blocks() {
        return true;
    }

    /**
     * Makes a handler of code that answers when it returns.
     *
     * @param code the code
     * @param <A> what it answers
     * @return the handler
     */
    static <A> FeatureHandler<A> of(Direct<A> code) {
        Objects.requireNonNull(code, "code");
        return call -> CompletableFuture.completedFuture(code.handle(call));
    }

    /**
     * Makes a handler of code that answers when it returns, and waits for nothing: no lock, no disk, no other service.
     *
     * @param code the code
     * @param <A> what it answers
     * @return a handler that does not {@linkplain #blocks() block}
     */
    static <A> FeatureHandler<A> nonBlocking(Direct<A> code) {
        Objects.requireNonNull(code, "code");
        return new FeatureHandler<>() {
            @Override
            public CompletionStage<A> handle(FeatureCall call) throws Exception {
                return CompletableFuture.completedFuture(code.handle(call));
            }

            @Override
            public boolean blocks() {
                return false;
            }
        };
    }

    /**
     * A handler that answers when it returns.
     *
     * @param <A> what it answers
     * @since 0.1
     */
    @FunctionalInterface
    interface Direct<A> {

        /**
         * Handles a call.
         *
         * @param call the call
         * @return the answer
         * @throws Exception when there is none; its text never reaches the caller
         */
        A handle(FeatureCall call) throws Exception;
    }
}
