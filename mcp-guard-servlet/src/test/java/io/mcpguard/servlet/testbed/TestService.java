package io.mcpguard.servlet.testbed;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialVerifier;
import io.mcpguard.credential.Verification;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.profile.State;
import io.mcpguard.servlet.entry.GuardEntryFilter;
import io.mcpguard.servlet.inner.InnerCalls;
import io.mcpguard.servlet.rest.GuardGateFilter;
import io.mcpguard.servlet.rest.RestDoor;
import io.mcpguard.servlet.rest.RestRecording;
import io.mcpguard.servlet.rest.ServletAuthContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A service on an embedded Tomcat with the guard's filters around it, as a plain servlet application mounts them. */
public final class TestService implements AutoCloseable {

    /** A genuine key of the profile {@code reader}, which may read items and call what has no role of its own. */
    public static final String KEY = "mcpg_test_reader";

    private final Tomcat tomcat = new Tomcat();
    private final Path folder;
    private final Api api = new Api();
    private final HttpClient client = HttpClient.newHttpClient();
    public final RecordingTrail trail = new RecordingTrail();
    public final InnerCalls calls = new InnerCalls(InstantSource.system(), new SecureRandom(), 1000);
    public final Catalog catalog = catalog();
    public final Guard guard;

    private TestService(Settings settings) {
        // Tomcat logs each exception that the service throws on purpose.
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.OFF);
        }
        try {
            folder = Files.createTempDirectory("mcp-guard-test");
            guard = new Guard(
                    catalog,
                    store(),
                    List.of(verifier()),
                    List.of(),
                    settings.limiter,
                    trail,
                    UUID::randomUUID,
                    InstantSource.system(),
                    GuardSettings.standard());
            RestDoor door = new RestDoor(
                    guard,
                    catalog,
                    (operation, request) -> java.util.Map.of(),
                    settings.recording,
                    1 << 16,
                    InstantSource.system());
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("maxThreads", "10");
            Context context = tomcat.addContext("", folder.toString());
            filter(context, "entry", "/*", new GuardEntryFilter(guard, calls, door, "mcp", InstantSource.system()));
            filter(context, "authentication", "/api/*", new ServiceFilters.Authentication());
            filter(
                    context,
                    "gate",
                    "/*",
                    new GuardGateFilter(door, request -> new ServletAuthContext(request, Set.of("user", "admin"))));
            filter(context, "administrators", "/api/admin/*", new ServiceFilters.Administrators());
            filter(context, "local", "/api/local", new ServiceFilters.LocalOnly());
            api.deploy(context);
            settings.more.forEach(step -> step.accept(context));
            for (int status : new int[] {404, 500}) {
                ErrorPage page = new ErrorPage();
                page.setErrorCode(status);
                page.setLocation("/error");
                context.addErrorPage(page);
            }
            tomcat.start();
        } catch (Exception e) {
            throw new IllegalStateException("the test service did not start", e);
        }
    }

    /** What differs between tests. */
    public static final class Settings {
        private RestRecording recording = RestRecording.PROFILES;
        private Limiter limiter = demands -> new Reservation.Granted(Permit.unlimited(), Reservation.Standing.none());
        private final List<java.util.function.Consumer<Context>> more = new ArrayList<>();

        public Settings recording(RestRecording value) {
            recording = value;
            return this;
        }

        public Settings limiter(Limiter value) {
            limiter = value;
            return this;
        }

        public Settings with(java.util.function.Consumer<Context> step) {
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

    /** Adds a filter at the end of the chain. */
    public static void filter(Context context, String name, String pattern, Filter filter) {
        FilterDef def = new FilterDef();
        def.setFilterName(name);
        def.setFilter(filter);
        def.setAsyncSupported("true");
        context.addFilterDef(def);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPatternDecoded(pattern);
        map.setDispatcher(DispatcherType.REQUEST.name());
        if (name.equals("entry")) {
            map.setDispatcher(DispatcherType.ASYNC.name());
        }
        context.addFilterMap(map);
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    public Connector connector() {
        return tomcat.getConnector();
    }

    public List<String> served() {
        return List.copyOf(api.served);
    }

    public int sessions() {
        return api.sessions.get();
    }

    /** The connection of a caller from an address of this machine. */
    public CallOrigin origin(String remoteAddress) {
        return new CallOrigin(
                remoteAddress, 4711, "http", false, "api.example.com", 8443, "127.0.0.1", port(), List.of());
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

    private static Catalog catalog() {
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
        operations.add(Operation.builder(new OperationId("secret"), "admin", "GET", "/api/admin/secret")
                .build());
        operations.add(Operation.builder(new OperationId("closed"), "closed", "GET", "/api/session")
                .build());
        return Catalog.of(List.of(
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
                                .toList())));
    }

    private static ProfileStore store() {
        Client assistant = new Client(new ClientId("assistant"), "Assistant", State.ENABLED);
        List<Grant> grants = List.of(
                new Grant("items", Set.of("*"), Set.of("GET", "POST")), new Grant("admin", Set.of("*"), Set.of("GET")));
        List<Profile> profiles = List.of(
                Profile.builder(new ProfileId("reader"), assistant)
                        .grants(grants)
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
        return (Credential credential) -> {
            if (!credential.reveal().startsWith("mcpg_")) {
                return new Verification.NotMine();
            }
            return credential.reveal().equals(KEY)
                    ? new Verification.Verified("key-1", new ProfileId("reader"), Optional.empty())
                    : new Verification.Rejected("key-2", "key-unknown");
        };
    }

    @Override
    public void close() {
        try {
            api.never.countDown();
            tomcat.stop();
            tomcat.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("the test service did not stop", e);
        }
    }
}
