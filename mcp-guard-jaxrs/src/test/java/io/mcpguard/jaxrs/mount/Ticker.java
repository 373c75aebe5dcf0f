package io.mcpguard.jaxrs.mount;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.jaxrs.testbed.Implementation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Type;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers that go on after the method has returned: with the pieces that a test gives, to an empty one. */
@Path("ticker")
@McpProduct("items")
public class Ticker {

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private volatile Thread last = new Thread();
    private volatile boolean run;

    /** Takes one piece of an answer. */
    private interface Sink {
        void send(String piece) throws Exception;
    }

    void give(String piece) {
        pieces.add(piece);
    }

    /** Forgets what the last test has left, and says that nobody writes any more. */
    void reset() throws InterruptedException {
        give("");
        last.join(TimeUnit.SECONDS.toMillis(20));
        pieces.clear();
        run = false;
    }

    boolean hasRun() {
        return run;
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @McpOperation
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        start(piece -> sink.send(sse.newEvent(piece)).toCompletableFuture().get(10, TimeUnit.SECONDS), sink);
    }

    @GET
    @Path("chunks")
    @Produces("text/plain")
    @McpOperation
    public Object outputs() throws ReflectiveOperationException {
        Class<?> type = Implementation.type("org.glassfish.jersey.server.ChunkedOutput");
        Object output = type.getConstructor(Type.class).newInstance(String.class);
        start(piece -> type.getMethod("write", Object.class).invoke(output, piece), (AutoCloseable) output);
        return output;
    }

    private void start(Sink sink, AutoCloseable answer) {
        run = true;
        last = new Thread(() -> write(sink, answer));
        last.setDaemon(true);
        last.start();
    }

    private void write(Sink sink, AutoCloseable answer) {
        try (answer) {
            String piece = pieces.poll(20, TimeUnit.SECONDS);
            while (piece != null && !piece.isEmpty()) {
                sink.send(piece);
                piece = pieces.poll(20, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            // The caller has gone, or was never let in: there is nobody to write to.
            pieces.clear();
        }
    }
}
