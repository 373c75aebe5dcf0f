package io.mcpguard.core.inner;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one inner call that somebody is waiting for: given once, in time, and on a thread that may block.
 *
 * @since 0.1
 */
public final class PendingResult {

    private final OperationCall call;
    private final Executor replies;
    private final CompletableFuture<OperationResult> stage = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> deadline;

    /**
     * Makes a result that nobody has given yet.
     *
     * @param call the call it answers
     * @param replies runs whatever waits for it, when the one who settles it may not
     */
    public PendingResult(OperationCall call, Executor replies) {
        this.call = call;
        this.replies = replies;
    }

    /**
     * Starts the clock of the call's timeout.
     *
     * @param scheduler keeps the time
     * @param abandon what else to do when the time is over
     */
    public void limit(ScheduledExecutorService scheduler, Runnable abandon) {
        deadline = scheduler.schedule(
                () -> {
                    if (fail(InvocationException.timeout(
                            call + " was not answered within " + call.timeout().toMillis() + " ms"))) {
                        abandon.run();
                    }
                },
                call.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        if (settled.get()) {
            stopClock();
        }
    }

    /**
     * Gives the answer.
     *
     * @param result what the service said
     * @return false when the call had already been settled
     */
    public boolean give(OperationResult result) {
        return settle(replies, () -> stage.complete(result));
    }

    /**
     * Gives the answer on this thread, which goes on with whatever waits for it: a thread of the guard that holds nothing of the
     * service's any more.
     *
     * @param result what the service said
     * @return false when the call had already been settled
     */
    public boolean giveHere(OperationResult result) {
        return settle(Runnable::run, () -> stage.complete(result));
    }

    /**
     * Says that there will be no answer.
     *
     * @param failure why
     * @return false when the call had already been settled
     */
    public boolean fail(InvocationException failure) {
        return settle(replies, () -> stage.completeExceptionally(failure));
    }

    /**
     * Says whether the call has been settled, by an answer or a failure.
     *
     * @return true when nobody waits any more
     */
    public boolean settled() {
        return settled.get();
    }

    /**
     * Returns what the caller of the invoker waits for.
     *
     * @return the stage
     */
    public CompletionStage<OperationResult> stage() {
        return stage;
    }

    private boolean settle(Executor on, Runnable completion) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        stopClock();
        try {
            on.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
        return true;
    }

    private void stopClock() {
        ScheduledFuture<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }
}
