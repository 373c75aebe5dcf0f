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
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a resource, for servers that cannot let a request wait without a thread: theirs waits.
 *
 * @since 0.1
 */
@Path("mcp")
public final class BlockingMcpResource {

    private final McpAnswers answers;

    /**
     * Makes the resource.
     *
     * @param answers takes messages to the endpoint
     */
    public BlockingMcpResource(McpAnswers answers) {
        this.answers = answers;
    }

    /**
     * Takes a message.
     *
     * @param entry set by the first filter
     * @param body the message, null where there is none
     * @return the answer
     * @throws IOException when the client is gone
     */
    @POST
    @Consumes("*/*")
    public Response post(@HeaderParam(Doors.ENTRY_HEADER) String entry, @Nullable InputStream body) throws IOException {
        return answers.await(entry, Optional.ofNullable(body));
    }

    /**
     * Listens, where an era of the protocol does so by GET.
     *
     * @param entry set by the first filter
     * @return the answer
     * @throws IOException when the client is gone
     */
    @GET
    public Response get(@HeaderParam(Doors.ENTRY_HEADER) String entry) throws IOException {
        return answers.await(entry, Optional.empty());
    }

    /**
     * Ends a legacy session, of which nothing is kept.
     *
     * @param entry set by the first filter
     * @return the answer
     * @throws IOException when the client is gone
     */
    @DELETE
    public Response delete(@HeaderParam(Doors.ENTRY_HEADER) String entry) throws IOException {
        return answers.await(entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @return the answer
     * @throws IOException when the client is gone
     */
    @PUT
    public Response put(@HeaderParam(Doors.ENTRY_HEADER) String entry) throws IOException {
        return answers.await(entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @return the answer
     * @throws IOException when the client is gone
     */
    @PATCH
    public Response patch(@HeaderParam(Doors.ENTRY_HEADER) String entry) throws IOException {
        return answers.await(entry, Optional.empty());
    }

    /**
     * Refuses, as the endpoint does what it does not know.
     *
     * @param entry set by the first filter
     * @return the answer
     * @throws IOException when the client is gone
     */
    @OPTIONS
    public Response options(@HeaderParam(Doors.ENTRY_HEADER) String entry) throws IOException {
        return answers.await(entry, Optional.empty());
    }
}
