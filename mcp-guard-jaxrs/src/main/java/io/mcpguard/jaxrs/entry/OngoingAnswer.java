package io.mcpguard.jaxrs.entry;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells answers that the implementation goes on writing by itself after its writers have returned: what a resource sends to an
 * {@link SseEventSink}, and Jersey's {@code ChunkedOutput}.
 */
final class OngoingAnswer {

    private static final String CHUNKED_OUTPUT = "org.glassfish.jersey.server.ChunkedOutput";

    /** Of events, and of elements as RESTEasy's own annotation for streams has them. */
    private static final Set<String> STREAMS =
            Set.of("text/event-stream", "application/x-stream-general", "application/x-stream-raw");

    private OngoingAnswer() {}

    /** Says whether an entity stands for an answer that is written later, into the stream that its writer has had. */
    static boolean isIn(@Nullable Object entity) {
        return entity instanceof SseEventSink || isChunked(entity);
    }

    private static boolean isChunked(@Nullable Object entity) {
        Class<?> type = entity == null ? null : entity.getClass();
        while (type != null && !type.getName().equals(CHUNKED_OUTPUT)) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** Says whether RESTEasy would write the answer of a resource past all of JAX-RS, as it does what goes to a sink. */
    static boolean isUnseen(@Nullable ResourceInfo resource) {
        @Nullable Method method = resource == null || OutcomeInterceptor.isPossible() ? null : resource.getResourceMethod();
        return method != null && List.of(method.getParameterTypes()).contains(SseEventSink.class);
    }

    /** Says whether RESTEasy, which shows filters an answer without an entity then, is about to do that. */
    static boolean isUnseen(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        return type != null
                && !response.hasEntity()
                && response.getStatus() == 200
                && STREAMS.contains(type.getType() + "/" + type.getSubtype())
                && !OutcomeInterceptor.isPossible();
    }
}
