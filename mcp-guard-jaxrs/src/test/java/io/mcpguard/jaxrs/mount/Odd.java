package io.mcpguard.jaxrs.mount;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers of every odd kind. */
@Path("odd")
@McpProduct("items")
public class Odd {

    /** Something that nobody can write. */
    public record Unwritable(Object nothing) {}

    @GET
    @Path("empty")
    @McpOperation
    public void empty() {}

    @GET
    @Path("elsewhere")
    @McpOperation
    public Response elsewhere() {
        return Response.seeOther(URI.create("/items")).build();
    }

    @GET
    @Path("conflict")
    @McpOperation
    public String conflict() {
        throw new WebApplicationException(
                Response.status(409).entity("taken").type("text/plain").build());
    }

    @GET
    @Path("mistake")
    @McpOperation
    public String mistake() {
        throw new AssertionError("a secret of an error");
    }

    @GET
    @Path("checked")
    @McpOperation
    public String checked() throws Exception {
        throw new Exception("a secret of an exception");
    }

    @GET
    @Path("nobodys")
    @Produces("application/x-nobodys")
    @McpOperation
    public Unwritable nobodys() {
        return new Unwritable("a secret of an entity");
    }

    @GET
    @Path("cookie")
    @Produces("text/plain")
    @McpOperation
    public Response cookie() {
        return Response.ok("biscuit")
                .cookie(new NewCookie.Builder("taste").value("sweet").build())
                .header("X-Taste", "sweet")
                .build();
    }

    @GET
    @Path("chunks")
    @Produces("text/plain")
    @McpOperation
    public StreamingOutput chunks() {
        return out -> {
            for (int i = 0; i < 10; i++) {
                out.write("chunk ".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        };
    }

    /** Breaks when more has left than the guard holds. */
    @GET
    @Path("torn")
    @Produces("text/plain")
    @McpOperation
    public StreamingOutput torn() {
        return out -> {
            out.write("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            throw new IllegalStateException("a secret of a stream");
        };
    }
}
