package io.mcpguard.jaxrs.entry;

import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * An entity that is written into a {@link HeldStream}: where no interceptor may stand in front of a writer, this stands in the
 * entity's place.
 *
 * <p>RESTEasy writes on threads of Netty, and refuses there to write through any interceptor that could block. It has no such
 * qualms about a writer, which it gives a thread that may.
 */
final class RecordedEntity implements StreamingOutput {

    private final ContainerResponseContext response;
    private final Recorded recorded;
    private final int maxHeldBytes;
    private final Object entity;
    private final Class<?> type;
    private final Type genericType;
    private final Annotation[] annotations;
    private final MediaType media;
    private final @Nullable MessageBodyWriter<Object> writer;

    private RecordedEntity(
            ContainerResponseContext response, Recorded recorded, int maxHeldBytes, Providers providers) {
        this.response = response;
        this.recorded = recorded;
        this.maxHeldBytes = maxHeldBytes;
        this.entity = response.getEntity();
        this.type = entity.getClass();
        Type generic = response.getEntityType();
        this.genericType = generic == null ? type : generic;
        Annotation[] stated = response.getEntityAnnotations();
        this.annotations = stated == null ? new Annotation[0] : stated;
        MediaType chosen = response.getMediaType();
        this.media = chosen == null ? MediaType.APPLICATION_OCTET_STREAM_TYPE : chosen;
        this.writer = writer(providers);
    }

    /** Puts itself in the place of a response's entity. */
    static void in(ContainerResponseContext response, Recorded recorded, int maxHeldBytes, Providers providers) {
        RecordedEntity instead = new RecordedEntity(response, recorded, maxHeldBytes, providers);
        response.setEntity(instead, instead.annotations, instead.media);
    }

    /** The one that would have written it: chosen by the same type, annotations and media type. */
    @SuppressWarnings("unchecked")
    private @Nullable MessageBodyWriter<Object> writer(Providers providers) {
        return (MessageBodyWriter<Object>) providers.getMessageBodyWriter(type, genericType, annotations, media);
    }

    @Override
    public void write(OutputStream target) throws IOException {
        HeldStream held = new HeldStream(target, recorded, maxHeldBytes);
        try {
            if (writer == null) {
                throw new InternalServerErrorException("nothing writes " + type.getName() + " as " + media);
            }
            writer.writeTo(entity, type, genericType, annotations, media, response.getHeaders(), held);
        } catch (IOException | RuntimeException | Error e) {
            // What JAX-RS makes of it is the same status, or nothing at all when a part has left.
            recorded.failed(500, held.passedOn());
            throw e;
        }
        held.finish();
    }
}
