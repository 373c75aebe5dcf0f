package io.mcpguard.jaxrs.entry;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a resource: {@code mcp} below the path of the application.
 *
 * <p>A thread of the server reads the message and does not wait for the answer, which a thread of the mount's writes.
 *
 * @since 0.1
 */
@Path("mcp")
public final class McpResource {

    private final McpAnswers answers;

    /**
     * Makes the resource.
     *
     * @param answers takes messages to the endpoint
     */
    public McpResource(McpAnswers answers) {
        this.answers = answers;
    }

    /**
     * Takes a message.
     *
     * @param entry set by the first filter
     * @param body the message, null where there is none
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @POST
    @Consumes("*/*")
    public void post(
            @HeaderParam(Doors.ENTRY_HEADER) String entry, @Nullable InputStream body, @Suspended AsyncResponse later)
            throws IOException {
        answers.resume(later, entry, Optional.ofNullable(body));
    }

    /**
     * Listens, where an era of the protocol does so by GET.
     *
     * @param entry set by the first filter
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @GET
    public void get(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Suspended AsyncResponse later) throws IOException {
        answers.resume(later, entry, Optional.empty());
    }

    /**
     * Ends a legacy session, of which nothing is kept.
     *
     * @param entry set by the first filter
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @DELETE
    public void delete(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Suspended AsyncResponse later)
            throws IOException {
        answers.resume(later, entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @PUT
    public void put(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Suspended AsyncResponse later) throws IOException {
        answers.resume(later, entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @PATCH
    public void patch(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Suspended AsyncResponse later)
            throws IOException {
        answers.resume(later, entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @param later the answer
     * @throws IOException when the client is gone
     */
    @OPTIONS
    public void options(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Suspended AsyncResponse later)
            throws IOException {
        answers.resume(later, entry, Optional.empty());
    }
}
