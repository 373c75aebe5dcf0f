package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.door.RestArguments;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.CallOrigin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the filters and the resource of one mount share.
 *
 * @since 0.1
 */
public final class Doors {

    /** Property of a request that says where its caller is, whichever door it came by: a {@link CallOrigin}. */
    public static final String ORIGIN = "io.mcpguard.origin";

    /** Property of a request that the guard has sent itself: the id of the call. */
    public static final String INNER = "io.mcpguard.inner-call";

    static final String CALL = "io.mcpguard.rest-call";
    static final String ENTRY = "io.mcpguard.mcp-entry";

    /** Takes a request of the MCP endpoint to its resource. Refused when it comes from outside. */
    static final String ENTRY_HEADER = "Mcp-Guard-Entry";

    private final McpGuard guard;
    private final McpEndpoint endpoint;
    private final InnerCalls<ContainerRequestContext> calls;
    private final Settings settings;
    private final RestArguments arguments;
    private final Map<String, McpEntry> waiting = new ConcurrentHashMap<>();
    private volatile int buffered;

    /**
     * What a mount sets.
     *
     * @param mcpPath raw path of the MCP endpoint
     * @param maxBodyBytes size of a message in bytes
     * @param recordsAll whether REST requests that present no profile leave a record
     * @param origin where a request came from
     * @param host what the service's own security has established for a request
     */
    public record Settings(
            String mcpPath,
            int maxBodyBytes,
            boolean recordsAll,
            Function<ContainerRequestContext, CallOrigin> origin,
            Function<ContainerRequestContext, AuthContext> host) {}

    /**
     * Makes the doors.
     *
     * @param guard the guard
     * @param endpoint answers MCP
     * @param calls the inner calls that are open
     * @param settings what the mount sets
     */
    public Doors(McpGuard guard, McpEndpoint endpoint, InnerCalls<ContainerRequestContext> calls, Settings settings) {
        this.guard = guard;
        this.endpoint = endpoint;
        this.calls = calls;
        this.settings = settings;
        this.arguments = new RestArguments(guard.mask());
    }

    Guard guard() {
        return guard.guard();
    }

    Catalog catalog() {
        return guard.catalog();
    }

    Frontage frontage() {
        return guard.frontage();
    }

    Optional<ProtectedResource> resource() {
        return guard.resource();
    }

    InstantSource clock() {
        return guard.clock();
    }

    InnerCalls<ContainerRequestContext> calls() {
        return calls;
    }

    McpEndpoint endpoint() {
        return endpoint;
    }

    RestArguments arguments() {
        return arguments;
    }

    String mcpPath() {
        return settings.mcpPath();
    }

    int maxBodyBytes() {
        return settings.maxBodyBytes();
    }

    boolean recordsAll() {
        return settings.recordsAll();
    }

    CallOrigin origin(ContainerRequestContext context) {
        return settings.origin().apply(context);
    }

    AuthContext host(ContainerRequestContext context) {
        return settings.host().apply(context);
    }

    /** Notes how many bytes of an answer the implementation keeps back whatever is flushed. */
    void buffered(int bytes) {
        buffered = bytes;
    }

    /** A comment of server-sent events, which fills that buffer, so that the events behind it leave when they are made. */
    byte[] streamPadding() {
        return buffered == 0 ? new byte[0] : (":" + " ".repeat(buffered) + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Keeps an entry until its resource asks. */
    String waiting(McpEntry entry) {
        waiting.put(entry.name(), entry);
        return entry.name();
    }

    Optional<McpEntry> claim(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(waiting.remove(name));
    }

    /** An entry that was answered before its resource asked. */
    void forget(@Nullable Object entry) {
        if (entry instanceof McpEntry known) {
            waiting.remove(known.name());
        }
    }

    /** Has the endpoint refuse in its own words a request of which nobody is known, which it does at once. */
    void refuseUnidentified(McpEntry entry, ContainerRequestContext context) throws IOException {
        // Without a body there is no stream in RESTEasy.
        @Nullable InputStream stream = context.getEntityStream();
        byte[] body = stream == null ? new byte[0] : stream.readNBytes(settings.maxBodyBytes() + 1);
        McpResponse answer;
        if (body.length > settings.maxBodyBytes()) {
            answer = endpoint.refuse(entry.reach(new byte[0]), Reason.REQUEST_TOO_LARGE);
        } else {
            @Nullable McpResponse ready =
                    endpoint.handle(entry.reach(body)).toCompletableFuture().getNow(null);
            answer = ready == null ? endpoint.refuse(entry.reach(new byte[0]), Reason.GUARD_UNAVAILABLE) : ready;
        }
        context.abortWith(head(answer).entity(answer.body()).build());
    }

    static Response.ResponseBuilder head(McpResponse answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(field -> response.header(field.name(), field.value()));
        return response;
    }
}
