package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.guard.LoggedFault;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what no mapper of the service does, as the default mapper of JAX-RS would (Jakarta REST 3.1 section 4.4). That one's
 * answer passes no filter of a response in Jersey, and would leave without a record.
 */
final class UnmappedException implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(UnmappedException.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException known) {
            return known.getResponse();
        }
        LOG.error("A resource has failed with an exception that nothing maps", LoggedFault.of(failure));
        return Response.serverError().build();
    }
}
