package io.mcpguard.jaxrs.testbed;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** An exception of the service's own, with a mapper. */
public final class NoSuchItem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchItem(long id) {
        super("item " + id);
    }

    /** Answers in the service's own words. */
    public static final class Mapper implements ExceptionMapper<NoSuchItem> {
        @Override
        public Response toResponse(NoSuchItem exception) {
            return Response.status(404)
                    .type("application/json")
                    .entity("{\"error\":\"no such item\"}")
                    .build();
        }
    }
}
