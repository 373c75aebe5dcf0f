package io.mcpguard.jaxrs.mount;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.testkit.contract.SeenRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the contract of invokers asks a service to serve. */
@Path("fixture")
public class Fixture {

    static final String BASE_PATH = "/fixture";

    private final CountDownLatch closing = new CountDownLatch(1);

    void close() {
        closing.countDown();
    }

    @GET
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    public byte[] get(@Context Request request, @Context UriInfo uri) {
        return echo(request, uri, new byte[0]);
    }

    @POST
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    @Consumes("*/*")
    public byte[] post(@Context Request request, @Context UriInfo uri, byte[] body) {
        return echo(request, uri, body);
    }

    @PUT
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    public byte[] put(@Context Request request, @Context UriInfo uri) {
        return echo(request, uri, new byte[0]);
    }

    @PATCH
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    public byte[] patch(@Context Request request, @Context UriInfo uri) {
        return echo(request, uri, new byte[0]);
    }

    @DELETE
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    public byte[] delete(@Context Request request, @Context UriInfo uri) {
        return echo(request, uri, new byte[0]);
    }

    @OPTIONS
    @Path("echo{rest: (/.*)?}")
    @Produces("application/json")
    public byte[] options(@Context Request request, @Context UriInfo uri) {
        return echo(request, uri, new byte[0]);
    }

    private static byte[] echo(Request request, UriInfo uri, byte[] body) {
        String json = "{\"method\":\"" + request.getMethod() + "\",\"path\":\""
                + uri.getRequestUri().getRawPath() + "\",\"query\":\""
                + uri.getRequestUri().getRawQuery() + "\",\"bodyBytes\":" + body.length + ",\"bodySha256\":\""
                + sha256(body) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @GET
    @Path("status/{n}")
    public Response status(@PathParam("n") int status) {
        Response.ResponseBuilder answer = Response.status(status);
        return status == 204 || status == 304
                ? answer.build()
                : answer.entity("status " + status).type("text/plain").build();
    }

    @GET
    @Path("slow")
    public Response slow(@QueryParam("ms") long millis) throws InterruptedException {
        closing.await(millis, TimeUnit.MILLISECONDS);
        return Response.ok().build();
    }

    @GET
    @Path("big")
    @Produces("application/octet-stream")
    public StreamingOutput big(@QueryParam("bytes") int bytes) {
        return out -> out.write("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    @GET
    @Path("redirect")
    public Response redirect() {
        return Response.status(302).location(URI.create(BASE_PATH + "/echo")).build();
    }

    @GET
    @Path("cookie")
    public Response cookie() {
        return Response.ok()
                .cookie(new NewCookie.Builder("fixture").value("1").path("/").build())
                .build();
    }

    @GET
    @Path("error")
    public Response error() {
        throw new IllegalStateException("something that nobody handles");
    }

    /** Stands in front of all operations, and notes the body that they are going to read. */
    @PreMatching
    public static final class InFront implements ContainerRequestFilter, ContainerResponseFilter {

        private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();

        List<SeenRequest> seen() {
            return List.copyOf(seen);
        }

        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            // Without a body there is no stream in RESTEasy.
            byte[] body = request.getEntityStream() == null
                    ? new byte[0]
                    : request.getEntityStream().readAllBytes();
            request.setEntityStream(new ByteArrayInputStream(body));
            seen.add(note(request, body));
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().putSingle("X-Fixture", "seen");
        }

        private static SeenRequest note(ContainerRequestContext request, byte[] body) {
            List<HttpField> fields = new ArrayList<>();
            request.getHeaders()
                    .forEach((name, values) -> values.forEach(value -> fields.add(new HttpField(name, value))));
            CallOrigin origin = (CallOrigin) request.getProperty(JaxrsMount.ORIGIN);
            URI uri = request.getUriInfo().getRequestUri();
            return new SeenRequest(
                    request.getMethod(),
                    uri.getRawPath(),
                    Optional.ofNullable(uri.getRawQuery()),
                    fields,
                    body.length,
                    sha256(body),
                    origin.remoteAddress(),
                    origin.remotePort(),
                    origin.scheme(),
                    origin.secure(),
                    origin.serverName(),
                    origin.serverPort(),
                    origin.clientCertificates());
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
