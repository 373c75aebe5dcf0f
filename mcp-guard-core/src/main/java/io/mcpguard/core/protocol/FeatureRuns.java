package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.decision.Reason;
import io.mcpguard.feature.FeatureHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the handler of an admitted call whose intent is on record, and puts its outcome on record before the answer leaves. */
final class FeatureRuns {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureRuns.class);

    private final Executor handlers;
    private final Executor afterwards;
    private final Duration timeout;

    /**
     * Makes a runner.
     *
     * @param handlers runs handlers, and refuses what is too much
     * @param afterwards records outcomes, which may wait for a disk
     * @param timeout longest time a call may take
     */
    FeatureRuns(Executor handlers, Executor afterwards, Duration timeout) {
        this.handlers = handlers;
        this.afterwards = afterwards;
        this.timeout = timeout;
    }

    /**
     * What a call came to.
     *
     * @param answer what the caller gets
     * @param success what the record says
     * @param rpcCode code of the error in the answer, if it is one
     * @param bytes size of the result
     */
    record Ending(RpcAnswer answer, boolean success, OptionalInt rpcCode, long bytes) {}

    /**
     * Runs a call.
     *
     * @param guarded the call, already begun
     * @param call the call as the handler sees it
     * @param handler what to run
     * @param ending writes its answer; may throw when the answer is void
     * @param refused writes a refusal in the form of the method
     * @param <A> what the handler answers
     * @return a stage that completes with the answer
     */
    <A> CompletionStage<RpcAnswer> run(
            GuardedCall guarded,
            RunningCall call,
            FeatureHandler<A> handler,
            Function<A, Ending> ending,
            Function<Refusal, RpcAnswer> refused) {
        CompletableFuture<A> running = new CompletableFuture<>();
        try {
            handlers.execute(() -> handle(handler, call, running));
        } catch (RejectedExecutionException e) {
            LOG.warn("Call {} is refused: as many handlers run as may", guarded.callId());
            return CompletableFuture.completedStage(
                    refused.apply(guarded.failed(Reason.SERVICE_BUSY, "handlers-busy")));
        }
        return running.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .<Supplier<RpcAnswer>>handle(
                        (result, failure) -> () -> ended(guarded, call, result, failure, ending, refused))
                .thenCompose(this::recorded);
    }

    private CompletionStage<RpcAnswer> recorded(Supplier<RpcAnswer> rest) {
        CompletableFuture<RpcAnswer> answer = new CompletableFuture<>();
        try {
            afterwards.execute(() -> complete(answer, rest));
        } catch (RejectedExecutionException e) {
            // The outcome is owed to the record and the permit to the limiter, whatever thread is left to do it.
            complete(answer, rest);
        }
        return answer;
    }

    private static <A> void handle(FeatureHandler<A> handler, RunningCall call, CompletableFuture<A> running) {
        try {
            CompletionStage<? extends A> stage =
                    Objects.requireNonNull(handler.handle(call), "the stage of the handler");
            stage.whenComplete((result, failure) -> {
                if (failure != null) {
                    running.completeExceptionally(failure);
                } else {
                    running.complete(result);
                }
            });
        } catch (Exception | Error e) {
            // An Error too: a client left without an answer would only try again.
            running.completeExceptionally(e);
        }
    }

    private static void complete(CompletableFuture<RpcAnswer> answer, Supplier<RpcAnswer> rest) {
        try {
            answer.complete(rest.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static <A> RpcAnswer ended(
            GuardedCall guarded,
            RunningCall call,
            @Nullable A result,
            @Nullable Throwable failure,
            Function<A, Ending> ending,
            Function<Refusal, RpcAnswer> refused) {
        if (result == null) {
            return refused.apply(failed(guarded, call, failure));
        }
        Ending end;
        try {
            end = ending.apply(result);
        } catch (RuntimeException e) {
            LOG.error("Call {} of {} gave an answer that cannot be sent", guarded.callId(), guarded.operation(), e);
            return refused.apply(guarded.failed(Reason.NO_ANSWER, "answer-void"));
        }
        return guarded.answered(end.success(), end.rpcCode(), end.bytes())
                .map(refused)
                .orElseGet(end::answer);
    }

    private static Refusal failed(GuardedCall guarded, RunningCall call, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            call.expire();
            LOG.warn("Call {} of {} took too long", guarded.callId(), guarded.operation());
            return guarded.failed(Reason.NO_ANSWER, "handler-timeout");
        }
        LOG.error("Call {} of {} failed", guarded.callId(), guarded.operation(), cause);
        return guarded.failed(Reason.NO_ANSWER, "handler-failed");
    }
}
