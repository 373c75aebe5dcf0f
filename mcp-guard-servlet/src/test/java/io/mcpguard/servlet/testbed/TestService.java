package io.mcpguard.servlet.testbed;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.door.RestArguments;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.Limiter;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.profile.State;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.entry.GuardEntryFilter;
import io.mcpguard.servlet.entry.McpLimits;
import io.mcpguard.servlet.entry.McpServing;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.rest.RestDoor;
import io.mcpguard.servlet.rest.RestRecording;
import io.mcpguard.servlet.rest.ServletAuthContext;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A service on an embedded container with the guard's filters around it, as a plain servlet application mounts them. */
public final class TestService implements AutoCloseable {

    /** A genuine key of the profile {@code reader}, which may read items and call what has no role of its own. */
    public static final String KEY = "mcpg_test_reader";

    /** A genuine key of the profile {@code tight}: as {@code reader}, but three calls a day. */
    public static final String TIGHT_KEY = "mcpg_test_tight";

    public static final ArgumentMask MASK =
            ArgumentMask.of(FixedKeySource.random(), new SecureRandom(), ValuePolicy.STANDARD);

    public final TestContainer container;
    private final AtomicReference<@Nullable Container> found = new AtomicReference<>();
    private final int port;
    private final Api api = new Api();
    private final HttpClient client = HttpClient.newHttpClient();
    public final RecordingTrail trail = new RecordingTrail();
    public final InnerCalls<HttpServletRequest> calls =
            new InnerCalls<>(InstantSource.system(), new SecureRandom(), 1000);
    public final GuardMount mount;
    private final McpGuard mcpGuard;

    private TestService(Settings settings) {
        container = settings.container;
        mcpGuard = guard(trail, settings.limits);
        mount = settings.mount
                .apply(GuardMount.builder(mcpGuard)
                        .host(request -> new ServletAuthContext(request, Set.of("user", "admin")))
                        .maxHeldBytes(1 << 16))
                .build();
        Deployment deployment = new Deployment();
        deployment.entry(settings.mounted ? mount.entryFilter() : looking(entry()));
        deployment.filter("authentication", "/api/*", new ServiceFilters.Authentication());
        deployment.filter("gate", "/*", mount.gateFilter());
        deployment.filter("administrators", "/api/admin/*", new ServiceFilters.Administrators());
        deployment.filter("local", "/api/local", new ServiceFilters.LocalOnly());
        deployment.servlet(GuardMount.SERVLET_NAME, "/mcp", mount.mcpServlet());
        api.deploy(deployment);
        settings.more.forEach(step -> step.accept(deployment));
        try {
            port = container.start(deployment, settings.threads);
        } catch (Exception e) {
            throw new IllegalStateException("the test service did not start", e);
        }
    }

    /** Notes how the container of the first request can be re-entered. */
    private Filter looking(GuardEntryFilter entry) {
        return (request, response, chain) -> {
            if (found.get() == null) {
                container.reentry((HttpServletRequest) request).ifPresent(found::set);
            }
            entry.doFilter(request, response, chain);
        };
    }

    /** The way to re-enter the container, found from a request over the wire. For a service that is not mounted. */
    public Container reentry() {
        send("GET", "/nothing");
        return Objects.requireNonNull(found.get(), "no way of re-entry was found from a request");
    }

    /** An entry filter whose inner calls the test opens itself, without the mount's own invoker. */
    private GuardEntryFilter entry() {
        RestDoor door = new RestDoor(
                mcpGuard.guard(),
                mcpGuard.catalog(),
                new RestArguments(MASK),
                RestRecording.PROFILES,
                1 << 16,
                mcpGuard.frontage(),
                mcpGuard.clock());
        McpEndpoint endpoint = mcpGuard.endpoint(
                new LoopbackInvoker(calls, 1),
                OriginPolicy.loopbackOnly(),
                EndpointSettings.standard("test", "1"),
                ToolSettings.DEFAULT);
        return new GuardEntryFilter(
                mcpGuard.guard(),
                calls,
                door,
                new McpServing(endpoint, new McpLimits(1000, Duration.ofSeconds(10))),
                GuardMount.SERVLET_NAME,
                request -> {},
                mcpGuard.frontage(),
                mcpGuard.resource(),
                mcpGuard.clock());
    }

    /** A guard over the operations, keys and profiles of the tests. */
    public static McpGuard guard(RecordingTrail trail, Consumer<McpGuard.Builder> more) {
        McpGuard.Builder built = McpGuard.builder("test", store(), trail)
                .operations(TestService::published)
                .verifier(verifier())
                .keys(FixedKeySource.random());
        more.accept(built);
        return built.build();
    }

    /** What differs between tests. */
    public static final class Settings {
        private boolean mounted;
        private UnaryOperator<GuardMount.Builder> mount = UnaryOperator.identity();
        private Consumer<McpGuard.Builder> limits = built -> {};
        private TestContainer container = new TomcatServer();
        private int threads = TestContainer.THREADS;
        private final List<Consumer<Deployment>> more = new ArrayList<>();

        /** Mounts the guard as a whole, with an invoker of its own. */
        public Settings mounted(UnaryOperator<GuardMount.Builder> value) {
            mounted = true;
            mount = value;
            return this;
        }

        public Settings limiter(Limiter value) {
            limits = built -> built.limiter(value);
            return this;
        }

        public Settings features(FeatureSource value) {
            limits = built -> built.features(value);
            return this;
        }

        public Settings operations(OperationSource value) {
            limits = built -> built.operations(value);
            return this;
        }

        public Settings guarded(Consumer<McpGuard.Builder> value) {
            limits = value;
            return this;
        }

        public Settings on(TestContainer value) {
            container = value;
            return this;
        }

        public Settings threads(int value) {
            threads = value;
            return this;
        }

        public Settings with(Consumer<Deployment> step) {
            more.add(step);
            return this;
        }
    }

    public static TestService start() {
        return start(UnaryOperator.identity());
    }

    public static TestService start(UnaryOperator<Settings> settings) {
        return new TestService(settings.apply(new Settings()));
    }

    public int port() {
        return port;
    }

    public List<String> served() {
        return List.copyOf(api.served);
    }

    public int sessions() {
        return api.sessions.get();
    }

    /** What is published, as the guard knows it. */
    public Catalog catalog() {
        return mcpGuard.catalog();
    }

    /** The connection of a caller from an address of this machine. */
    public CallOrigin origin(String remoteAddress) {
        return new CallOrigin(
                remoteAddress, 4711, "http", false, "api.example.com", 8443, "127.0.0.1", port(), List.of());
    }

    /** The connection of a caller of this machine that asked at a host. */
    public CallOrigin origin(String serverName, int serverPort) {
        return new CallOrigin("127.0.0.1", 4711, "http", false, serverName, serverPort, "127.0.0.1", port(), List.of());
    }

    public CallOrigin origin() {
        return origin("127.0.0.1");
    }

    /** Sends a request over the wire, as an ordinary client of the service. */
    public HttpResponse<String> send(String method, String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** Sends a message to the MCP endpoint as a client of revision 2025-06-18, which needs no handshake here. */
    public HttpResponse<String> mcp(String authorization, String message, String... headers) {
        return send(mcpRequest(authorization, message, headers));
    }

    /** The request that calls an operation over MCP at one of the service's ports. */
    public HttpRequest executeRequest(URI base, String authorization, String operation, String arguments) {
        return mcpRequest(base, authorization, call(operation, arguments));
    }

    private HttpRequest mcpRequest(String authorization, String message, String... headers) {
        return mcpRequest(URI.create("http://127.0.0.1:" + port()), authorization, message, headers);
    }

    private static HttpRequest mcpRequest(URI base, String authorization, String message, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /** Calls an operation over MCP and does not wait for the answer. */
    public CompletableFuture<HttpResponse<String>> executeLater(
            String authorization, String operation, String arguments) {
        return client.sendAsync(
                mcpRequest(authorization, call(operation, arguments)), HttpResponse.BodyHandlers.ofString());
    }

    /** Calls an operation over MCP. */
    public HttpResponse<String> execute(String authorization, String operation, String arguments) {
        return mcp(authorization, call(operation, arguments));
    }

    private static String call(String operation, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"execute_endpoint\","
                + "\"arguments\":{\"endpoint_id\":\"" + operation + "\"" + arguments + "}}}";
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<ProductOperations> published() {
        Operation item = Operation.builder(new OperationId("getItem"), "items", "GET", "/api/items/{id}")
                .parameter(new Parameter("id", Parameter.Location.PATH, true, Schema.STRING, "which item"))
                .build();
        List<Operation> operations = new ArrayList<>();
        operations.add(item);
        for (String name :
                List.of("async", "big", "slow", "redirect", "events", "facts", "empty", "unchanged", "nothing")) {
            operations.add(Operation.builder(new OperationId(name), "items", "GET", "/api/" + name)
                    .build());
        }
        operations.add(Operation.builder(new OperationId("nonblocking"), "items", "POST", "/api/nonblocking")
                .build());
        operations.add(Operation.builder(new OperationId("echo"), "items", "POST", "/api/echo")
                .body(new RequestBody(true, "application/json", Schema.ANY))
                .build());
        operations.add(Operation.builder(new OperationId("secret"), "admin", "GET", "/api/admin/secret")
                .build());
        operations.add(Operation.builder(new OperationId("closed"), "closed", "GET", "/api/session")
                .build());
        return List.of(
                new ProductOperations(
                        new Product("items", "Items", "Things", "/api"),
                        operations.stream()
                                .filter(operation -> operation.product().equals("items"))
                                .toList()),
                new ProductOperations(
                        new Product("admin", "Admin", "Secrets", "/api/admin"),
                        operations.stream()
                                .filter(operation -> operation.product().equals("admin"))
                                .toList()),
                new ProductOperations(
                        new Product("closed", "Closed", "Nobody's", "/api"),
                        operations.stream()
                                .filter(operation -> operation.product().equals("closed"))
                                .toList()));
    }

    private static ProfileStore store() {
        Client assistant = new Client(new ClientId("assistant"), "Assistant", State.ENABLED);
        List<Grant> grants = List.of(
                new Grant("items", Set.of("*"), Set.of("GET", "POST", "TOOL")),
                new Grant("admin", Set.of("*"), Set.of("GET")));
        List<Profile> profiles = List.of(
                Profile.builder(new ProfileId("reader"), assistant)
                        .grants(grants)
                        .principal("robot", Set.of("user"))
                        .build(),
                Profile.builder(new ProfileId("tight"), assistant)
                        .grants(grants)
                        .limits(List.of(new Limit.Rate("per-day", 3, Duration.ofDays(1))))
                        .principal("robot", Set.of("user"))
                        .build(),
                Profile.builder(new ProfileId("people"), assistant)
                        .grants(grants)
                        .binding(new Binding(Set.of("alice"), Set.of()))
                        .build());
        return new ProfileStore() {
            @Override
            public Optional<Profile> find(ProfileId id) {
                return profiles.stream()
                        .filter(profile -> profile.id().equals(id))
                        .findFirst();
            }

            @Override
            public List<Profile> all() {
                return profiles;
            }
        };
    }

    private static CredentialVerifier verifier() {
        return (credential, presentation) -> {
            if (!credential.reveal().startsWith("mcpg_")) {
                return new Verification.NotMine();
            }
            return switch (credential.reveal()) {
                case KEY -> new Verification.Verified("key-1", new ProfileId("reader"), Optional.empty());
                case TIGHT_KEY -> new Verification.Verified("key-3", new ProfileId("tight"), Optional.empty());
                default -> new Verification.Rejected("key-2", "key-unknown");
            };
        };
    }

    @Override
    public void close() {
        try {
            api.never.countDown();
            mount.close();
            container.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the test service did not stop", e);
        }
    }
}
