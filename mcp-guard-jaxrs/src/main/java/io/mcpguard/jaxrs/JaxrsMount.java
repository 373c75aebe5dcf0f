package io.mcpguard.jaxrs;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.jaxrs.entry.BlockingMcpResource;
import io.mcpguard.jaxrs.entry.Doors;
import io.mcpguard.jaxrs.entry.GuardFilters;
import io.mcpguard.jaxrs.entry.McpAnswers;
import io.mcpguard.jaxrs.entry.McpResource;
import io.mcpguard.jaxrs.entry.ProbedInvoker;
import io.mcpguard.jaxrs.entry.ProbedInvoker.Probe;
import io.mcpguard.jaxrs.exchange.JaxrsAuthContext;
import io.mcpguard.loopback.LoopbackInvoker;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One guard mounted on a JAX-RS application whose server has no servlets. In a servlet container use {@code mcp-guard-servlet}.
 *
 * <p>All {@linkplain #components() components} are registered with the application before it starts, as objects; {@link #check()}
 * is called once the server listens. A filter of the service that authenticates leaves a request alone whose
 * {@code SecurityContext} has a principal already: the guard vouches for it.
 *
 * @since 0.1
 */
public final class JaxrsMount implements AutoCloseable {

    /** Property of a request that says where its caller is, for rules about addresses: a {@link CallOrigin}. */
    public static final String ORIGIN = Doors.ORIGIN;

    private static final Logger LOG = LoggerFactory.getLogger(JaxrsMount.class);
    private static final String UNKNOWN = "unknown";

    private final Supplier<URI> own;
    private final Function<ContainerRequestContext, Optional<InetSocketAddress>> peer;
    private final AtomicBoolean peerFailed = new AtomicBoolean();
    private final ProbedInvoker invoker;
    private final McpAnswers answers;
    private final Object resource;
    private final GuardFilters filters;
    private final boolean blocking;

    private JaxrsMount(Builder builder) {
        this.own = builder.own;
        this.peer = builder.peer;
        this.blocking = builder.blocking;
        String mcpPath = path(builder.basePath + "/mcp");
        InnerCalls<ContainerRequestContext> calls =
                new InnerCalls<>(builder.guard.clock(), new SecureRandom(), 2 * builder.maxInFlight);
        this.invoker = new ProbedInvoker(new LoopbackInvoker(calls, builder.maxInFlight), calls, mcpPath);
        McpEndpoint endpoint = builder.guard.endpoint(invoker, builder.origins, builder.endpoint, builder.tools);
        Doors doors = new Doors(
                builder.guard,
                endpoint,
                calls,
                new Doors.Settings(
                        mcpPath,
                        builder.endpoint.json().maxBytes(),
                        builder.recordsAll,
                        request -> origin(request, peer(request)),
                        builder.host));
        this.answers = new McpAnswers(doors, builder.tools.timeout().plusSeconds(30));
        this.resource = builder.blocking ? new BlockingMcpResource(answers) : new McpResource(answers);
        this.filters = new GuardFilters(doors, builder.gate, builder.maxHeldBytes);
    }

    private static String path(String path) {
        return path.replaceAll("/{2,}", "/");
    }

    /**
     * Starts a mount.
     *
     * @param guard the guard
     * @param own where the service listens, asked when it is needed: scheme, IP address and port, such as
     *     {@code http://127.0.0.1:8080}. Calls go there, so that it must not come from a request
     * @return a builder with the standard settings: loopback names only, records of calls that present a profile
     */
    public static Builder builder(McpGuard guard, Supplier<URI> own) {
        return new Builder(guard, own);
    }

    /**
     * Lists what is registered with the application.
     *
     * @return a feature with the filters, and the MCP endpoint as a resource
     */
    public Set<Object> components() {
        return Set.of(filters, resource);
    }

    /**
     * Makes sure that calls reach the service, through the guard's first filter, and that the server can answer them.
     *
     * @throws ConfigurationException when they do not, or it cannot
     */
    public void check() {
        URI at = own.get();
        Probe probe = invoker.probe(here(at)).toCompletableFuture().join();
        if (probe == Probe.MISSED) {
            throw new ConfigurationException(
                    "The mount of mcp-guard",
                    "its first filter is not reached at " + at
                            + "; register all of components() with the application, and check the address");
        }
        if (probe == Probe.REACHED_WITHOUT_SUSPENSION && !blocking) {
            throw new ConfigurationException(
                    "The mount of mcp-guard",
                    "this server cannot let a request wait without a thread, as the HTTP server of the JDK under Jersey"
                            + " cannot; call blocking() on the builder of the mount, or take another server");
        }
    }

    private static CallOrigin here(URI at) {
        if (at.getScheme() == null || at.getHost() == null) {
            throw new ConfigurationException(
                    "The mount of mcp-guard", "its own address " + at + " has no scheme or no host");
        }
        int port = portOf(at);
        return new CallOrigin(
                at.getHost(),
                0,
                at.getScheme(),
                at.getScheme().equals("https"),
                at.getHost(),
                port,
                at.getHost(),
                port,
                List.of());
    }

    private static int portOf(URI at) {
        return at.getPort() < 0 ? usualPort(at.getScheme()) : at.getPort();
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** Unknown too when the one who is asked fails: no network of a profile has an unknown address in it. */
    private Optional<InetSocketAddress> peer(ContainerRequestContext request) {
        try {
            return peer.apply(request);
        } catch (RuntimeException e) {
            if (peerFailed.compareAndSet(false, true)) {
                LOG.warn(
                        "What the mount was given to tell the peer of a request has failed; the peer is unknown then",
                        e);
            }
            return Optional.empty();
        }
    }

    private CallOrigin origin(ContainerRequestContext request, Optional<InetSocketAddress> from) {
        URI at = own.get();
        URI asked = request.getUriInfo().getRequestUri();
        CallOrigin here = here(at);
        return new CallOrigin(
                from.map(InetSocketAddress::getAddress)
                        .map(InetAddress::getHostAddress)
                        .orElse(UNKNOWN),
                from.map(InetSocketAddress::getPort).orElse(0),
                here.scheme(),
                here.secure(),
                asked.getHost() == null ? at.getHost() : asked.getHost(),
                asked.getPort() < 0 ? usualPort(here.scheme()) : asked.getPort(),
                here.localAddress(),
                here.localPort(),
                List.of());
    }

    /** Lets go of threads and connections. Calls in flight fail. */
    @Override
    public void close() {
        invoker.close();
        answers.close();
    }

    /**
     * Collects what a mount is to do.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final McpGuard guard;
        private final Supplier<URI> own;
        private EndpointSettings endpoint;
        private OriginPolicy origins = OriginPolicy.loopbackOnly();
        private ToolSettings tools = ToolSettings.DEFAULT;
        private Function<ContainerRequestContext, AuthContext> host;
        private Function<ContainerRequestContext, Optional<InetSocketAddress>> peer = request -> Optional.empty();
        private String basePath = "";
        private boolean recordsAll;
        private boolean blocking;
        private int gate = GuardFilters.GATE;
        private int maxInFlight = 256;
        private int maxHeldBytes = 1 << 18;

        private Builder(McpGuard guard, Supplier<URI> own) {
            this.guard = Objects.requireNonNull(guard, "guard");
            this.own = Objects.requireNonNull(own, "own");
            this.endpoint = EndpointSettings.standard(guard.serviceName(), "1");
            this.host = request -> new JaxrsAuthContext(request.getSecurityContext(), boundRoles(guard));
        }

        /** Read with each request, since profiles change while the service runs. */
        private static Set<String> boundRoles(McpGuard guard) {
            return guard.profiles().all().stream()
                    .flatMap(profile -> profile.binding().roles().stream())
                    .collect(Collectors.toSet());
        }

        /**
         * Sets where on its server the application is. The MCP endpoint is {@code mcp} below it.
         *
         * @param path such as {@code /api}; empty for the root, which it is unless set
         * @return this builder
         */
        public Builder basePath(String path) {
            this.basePath = Objects.requireNonNull(path, "path");
            return this;
        }

        /**
         * Sets what the endpoint says of itself and how much it takes.
         *
         * @param settings the settings
         * @return this builder
         */
        public Builder endpoint(EndpointSettings settings) {
            this.endpoint = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Sets from which web pages and for which host names requests are taken.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder origins(OriginPolicy policy) {
            this.origins = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the bounds of one call.
         *
         * @param settings the bounds
         * @return this builder
         */
        public Builder tools(ToolSettings settings) {
            this.tools = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Sets where to learn what the service's own security has established.
         *
         * @param context the context of a request; asked behind the service's authentication
         * @return this builder
         */
        public Builder host(Function<ContainerRequestContext, AuthContext> context) {
            this.host = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Sets how to learn who is at the other end of a connection, which JAX-RS does not say. Without it nobody's address is
         * known, and a profile that may be used from certain networks alone may be used from none.
         *
         * @param address the peer of a request's connection, never what a header claims; asked before anything is known of the
         *     request, and where it throws, the peer is unknown
         * @return this builder
         */
        public Builder peer(Function<ContainerRequestContext, Optional<InetSocketAddress>> address) {
            this.peer = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * Sets whether REST requests leave a record that the guard has no part in.
         *
         * @param all true for every request, false for those that present a profile
         * @return this builder
         */
        public Builder recordsAll(boolean all) {
            this.recordsAll = all;
            return this;
        }

        /**
         * Has a thread of the server wait for each answer of the MCP endpoint, for servers that cannot let a request wait without
         * one. Jersey on the HTTP server of the JDK is such a server: without this it answers every message with 500. Its pool
         * must have more threads than messages are answered at a time, since each call needs one more.
         *
         * @return this builder
         */
        public Builder blocking() {
            this.blocking = true;
            return this;
        }

        /**
         * Sets where among the filters of a request the gate stands: behind all that authenticate and before all that authorize.
         * Halfway between {@code Priorities.AUTHENTICATION} and {@code Priorities.AUTHORIZATION} unless set.
         *
         * @param priority priority of the gate, as of {@code jakarta.annotation.Priority}
         * @return this builder
         */
        public Builder gatePriority(int priority) {
            this.gate = priority;
            return this;
        }

        /**
         * Sets how many calls may be on their way at the same time, waiting ones included.
         *
         * @param calls the bound, at least 1
         * @return this builder
         */
        public Builder maxInFlight(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("at least one call must be possible at a time");
            }
            this.maxInFlight = calls;
            return this;
        }

        /**
         * Sets how much of a recorded REST answer waits in memory until its outcome is on record. A larger one is recorded as
         * started and passed on while it is produced.
         *
         * @param bytes the bound in bytes
         * @return this builder
         */
        public Builder maxHeldBytes(int bytes) {
            this.maxHeldBytes = bytes;
            return this;
        }

        /**
         * Makes the mount and starts its connection pool.
         *
         * @return the mount, to be closed with the service
         */
        public JaxrsMount build() {
            return new JaxrsMount(this);
        }
    }
}
