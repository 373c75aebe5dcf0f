package io.mcpguard.core.protocol;

import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of one HTTP request on its way: one JSON document, unless there is something to say before the end. Then it becomes
 * a stream of events, if the client takes one.
 */
final class Reply {

    private static final List<HttpField> STREAM = List.of(
            new HttpField("Content-Type", "text/event-stream"),
            new HttpField("Cache-Control", "no-cache, no-store"),
            new HttpField("X-Accel-Buffering", "no"),
            new HttpField("X-Content-Type-Options", "nosniff"));

    private final CompletableFuture<McpResponse> response = new CompletableFuture<>();
    private final boolean takesEvents;
    private final Cancellation cancellation = new Cancellation();
    private @Nullable EventQueue events;
    private boolean finished;
    private boolean cancelledByLeaving;

    /**
     * Makes a reply.
     *
     * @param takesEvents whether the client accepts a stream
     */
    Reply(boolean takesEvents) {
        this.takesEvents = takesEvents;
    }

    /** A reply in which nothing can be said before the end, as to one message of several. */
    static Reply plain() {
        return new Reply(false);
    }

    CompletionStage<McpResponse> response() {
        return response;
    }

    boolean takesEvents() {
        return takesEvents;
    }

    /** From now on a client that goes away has cancelled its request, which holds for modern ones only. */
    synchronized void leavingCancels() {
        cancelledByLeaving = true;
    }

    /** Sends a notification before the end; false when it cannot be or the client is too slow. */
    boolean send(String method, ObjectNode params) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("jsonrpc", "2.0").put("method", method).set("params", params);
        EventQueue queue = stream();
        return queue != null && queue.offer(message);
    }

    /** Shows the client that the call is still going on, and finds out whether it is still there. */
    void keepAlive() {
        EventQueue queue = stream();
        if (queue != null) {
            queue.keepAlive();
        }
    }

    private @Nullable EventQueue stream() {
        EventQueue queue;
        synchronized (this) {
            if (!takesEvents || finished || cancellation.happened()) {
                return null;
            }
            if (events != null) {
                return events;
            }
            queue = new EventQueue(this::left);
            events = queue;
        }
        response.complete(new McpResponse(STREAM, queue));
        return queue;
    }

    private void left() {
        boolean cancels;
        synchronized (this) {
            cancels = cancelledByLeaving;
        }
        if (cancels) {
            cancel();
        }
    }

    /** Ends with an answer. What comes after a cancellation is dropped: the client does not expect it. */
    void finish(RpcAnswer answer) {
        EventQueue queue;
        boolean dropped;
        synchronized (this) {
            finished = true;
            queue = events;
            dropped = cancellation.happened();
        }
        if (queue != null) {
            queue.close(dropped ? null : answer.bodyIfAny().orElse(null));
        } else {
            response.complete(dropped ? RpcAnswer.accepted().toResponse() : answer.toResponse());
        }
    }

    /** Cancels what is running. */
    void cancel() {
        synchronized (this) {
            if (finished) {
                return;
            }
        }
        cancellation.happen();
    }

    /** Whether and when the request is cancelled. */
    Cancellation cancellation() {
        return cancellation;
    }
}
