package io.mcpguard.servlet.reentry;

import io.mcpguard.core.inner.PendingResult;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationResult;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call on its way through a container.
 *
 * @since 0.1
 */
public final class InnerExchange {

    private final OperationCall call;
    private final String nonce;
    private final Executor threads;
    private final PendingResult pending;
    private final Runnable ended;
    private final AtomicBoolean over = new AtomicBoolean();

    InnerExchange(OperationCall call, String nonce, Executor threads, PendingResult pending, Runnable ended) {
        this.call = call;
        this.nonce = nonce;
        this.threads = threads;
        this.pending = pending;
        this.ended = ended;
    }

    /**
     * Returns the call.
     *
     * @return the call
     */
    public OperationCall call() {
        return call;
    }

    /**
     * Returns what its request must carry for the service's first filter.
     *
     * @return the nonce
     */
    public String nonce() {
        return nonce;
    }

    /**
     * Returns the guard's own threads, on which requests are served.
     *
     * @return a bounded pool
     */
    public Executor threads() {
        return threads;
    }

    /**
     * Gives the answer; only the first one counts.
     *
     * @param result what the service said
     */
    public void give(OperationResult result) {
        pending.give(result);
    }

    /**
     * Gives the answer on one of {@link #threads()} that the container has let go of, which goes on with it; only the first
     * answer counts.
     *
     * @param result what the service said
     */
    public void giveHere(OperationResult result) {
        pending.giveHere(result);
    }

    /**
     * Says that there will be no answer, unless there was one.
     *
     * @param reason why, for the operator
     */
    public void breakOff(String reason) {
        if (!pending.settled()) {
            pending.fail(InvocationException.unreachable(call + " " + reason, null));
        }
    }

    /** Says that the container is done with the request, so that another may take its place. */
    public void end() {
        if (over.compareAndSet(false, true)) {
            ended.run();
        }
    }
}
