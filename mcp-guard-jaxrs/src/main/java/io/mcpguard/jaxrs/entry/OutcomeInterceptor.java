package io.mcpguard.jaxrs.entry;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.RuntimeDelegate;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The outermost interceptor: nothing of a recorded answer leaves before its record is written. */
@Priority(Integer.MIN_VALUE)
public final class OutcomeInterceptor implements WriterInterceptor {

    private final int maxHeldBytes;

    /**
     * Says whether an interceptor that writes to a disk can be used.
     *
     * @return false with RESTEasy, which lets none be used on threads of Netty or Vert.x
     */
    static boolean isPossible() {
        return !RuntimeDelegate.getInstance().getClass().getName().startsWith("org.jboss.resteasy.");
    }

    OutcomeInterceptor(int maxHeldBytes) {
        this.maxHeldBytes = maxHeldBytes;
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Optional<Recorded> recorded = Recorded.of(context.getProperty(Recorded.property()));
        if (recorded.isEmpty() || recorded.get().isOver()) {
            context.proceed();
            return;
        }
        OutputStream target = context.getOutputStream();
        if (OngoingAnswer.isIn(context.getEntity())) {
            goOn(context, new OngoingStream(target, recorded.get()));
            return;
        }
        HeldStream held = new HeldStream(target, recorded.get(), maxHeldBytes);
        context.setOutputStream(held);
        try {
            context.proceed();
        } catch (IOException | RuntimeException | Error e) {
            // What JAX-RS makes of it is the same status, or nothing at all when a part has left.
            recorded.get().failed(500, held.passedOn());
            throw e;
        } finally {
            context.setOutputStream(target);
        }
        held.finish();
    }

    /** The writer writes nothing; Jersey keeps the stream that it leaves, and writes to that as long as the resource does. */
    private static void goOn(WriterInterceptorContext context, OngoingStream stream) throws IOException {
        context.setOutputStream(stream);
        context.proceed();
        if (stream.isRefused() && context.getEntity() instanceof Closeable entity) {
            entity.close();
        }
    }
}
