package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.LoggedFault;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
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
     * @param afterwards records outcomes that come on threads of others, since a record may wait for a disk
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
        Run<A> run = new Run<>((result, failure) -> ended(guarded, call, result, failure, ending, refused));
        if (!handler.blocks()) {
            run.start(handler, call);
            return run.answer(timeout);
        }
        try {
            handlers.execute(() -> run.start(handler, call));
        } catch (RejectedExecutionException e) {
            LOG.warn("Call {} is refused: as many handlers run as may", guarded.callId());
            return CompletableFuture.completedStage(
                    refused.apply(guarded.failed(Reason.SERVICE_BUSY, "handlers-busy")));
        }
        return run.answer(timeout);
    }

    /** One run of a handler, which ends once: by its answer, its failure, or the time. */
    private final class Run<A> {

        private final BiFunction<@Nullable A, @Nullable Throwable, RpcAnswer> rest;
        private final AtomicBoolean over = new AtomicBoolean();
        private final CompletableFuture<RpcAnswer> answer = new CompletableFuture<>();
        private final CompletableFuture<Void> clock = new CompletableFuture<>();

        Run(BiFunction<@Nullable A, @Nullable Throwable, RpcAnswer> rest) {
            this.rest = rest;
        }

        void start(FeatureHandler<A> handler, RunningCall call) {
            Thread starter = Thread.currentThread();
            AtomicBoolean started = new AtomicBoolean();
            try {
                CompletionStage<? extends A> stage =
                        Objects.requireNonNull(handler.handle(call), "the stage of the handler");
                stage.whenComplete((result, failure) -> {
                    if (Thread.currentThread().equals(starter) && !started.get()) {
                        end(result, failure);
                    } else {
                        // Any thread may have completed it, also one that must not wait for a disk.
                        endElsewhere(result, failure);
                    }
                });
            } catch (Exception | Error e) {
                // An Error too: a client left without an answer would only try again.
                end(null, e);
            }
            started.set(true);
        }

        CompletionStage<RpcAnswer> answer(Duration timeout) {
            if (!over.get()) {
                var unused = clock.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((stopped, late) -> {
                            if (late != null) {
                                endElsewhere(null, late);
                            }
                        });
                if (over.get()) {
                    clock.complete(null);
                }
            }
            return answer;
        }

        private void endElsewhere(@Nullable A result, @Nullable Throwable failure) {
            try {
                afterwards.execute(() -> end(result, failure));
            } catch (RejectedExecutionException e) {
                // The outcome is owed to the record and the permit to the limiter, whatever thread is left to do it.
                end(result, failure);
            }
        }

        private void end(@Nullable A result, @Nullable Throwable failure) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            clock.complete(null);
            try {
                answer.complete(rest.apply(result, failure));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
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
            LOG.error(
                    "Call {} of {} gave an answer that cannot be sent",
                    guarded.callId(),
                    guarded.operation(),
                    LoggedFault.of(e));
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
        LOG.error(
                "Call {} of {} failed",
                guarded.callId(),
                guarded.operation(),
                cause == null ? null : LoggedFault.of(cause));
        return guarded.failed(Reason.NO_ANSWER, "handler-failed");
    }
}
