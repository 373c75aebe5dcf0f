package io.mcpguard.servlet;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.door.RestArguments;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.entry.GuardEntryFilter;
import io.mcpguard.servlet.entry.McpLimits;
import io.mcpguard.servlet.entry.McpServing;
import io.mcpguard.servlet.entry.McpServlet;
import io.mcpguard.servlet.rest.GuardGateFilter;
import io.mcpguard.servlet.rest.RestDoor;
import io.mcpguard.servlet.rest.RestRecording;
import io.mcpguard.servlet.rest.ServletAuthContext;
import io.mcpguard.servlet.selfcheck.AutoInvoker;
import io.mcpguard.servlet.selfcheck.SelfCheck;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One guard mounted on a servlet container: the first filter, the gate behind the service's authentication, and the MCP
 * servlet.
 *
 * <p>An application of plain servlets calls {@link #register}. Whoever registers the parts otherwise keeps to this: the entry
 * filter is the first of all filters, for the dispatcher types REQUEST and ASYNC and every URL; the gate stands behind the
 * service's authentication and before its authorization, and a second time as the last filter for requests that the
 * service's security has no part in; the servlet has the name {@link #SERVLET_NAME}; and all three support asynchronous
 * requests.
 *
 * @since 0.1
 */
public final class GuardMount implements AutoCloseable {

    /** Name under which the MCP servlet is registered. */
    public static final String SERVLET_NAME = "mcpGuard";

    private static final String ENTRY_NAME = "mcpGuardEntry";
    private static final String GATE_NAME = "mcpGuardGate";

    private final AutoInvoker invoker;
    private final InvokerChoice choice;
    private final GuardEntryFilter entry;
    private final GuardGateFilter gate;
    private final McpServlet servlet;
    private final McpServing serving;

    private GuardMount(Builder builder) {
        McpGuard mcpGuard = builder.guard;
        Guard guard = mcpGuard.guard();
        InnerCalls<HttpServletRequest> calls =
                new InnerCalls<>(mcpGuard.clock(), new SecureRandom(), 2 * builder.maxInFlight);
        this.choice = builder.invoker;
        this.invoker = invoker(builder, calls);
        McpEndpoint endpoint = mcpGuard.endpoint(invoker, builder.origins, builder.endpoint, builder.tools);
        this.serving = new McpServing(
                endpoint,
                new McpLimits(
                        builder.endpoint.json().maxBytes(),
                        builder.tools.timeout().plusSeconds(30)));
        RestDoor rest = new RestDoor(
                guard,
                mcpGuard.catalog(),
                new RestArguments(mcpGuard.mask()),
                builder.recording,
                builder.maxHeldBytes,
                mcpGuard.frontage(),
                mcpGuard.clock());
        this.entry = new GuardEntryFilter(
                guard,
                calls,
                rest,
                serving,
                SERVLET_NAME,
                this::arrived,
                mcpGuard.frontage(),
                mcpGuard.resource(),
                mcpGuard.clock());
        this.gate = new GuardGateFilter(builder.host);
        this.servlet = new McpServlet(serving, builder.host);
    }

    private static AutoInvoker invoker(Builder builder, InnerCalls<HttpServletRequest> calls) {
        LoopbackInvoker loopback = new LoopbackInvoker(calls, builder.maxInFlight);
        List<String> paths = builder.guard.catalog().operations().stream()
                .sorted(Comparator.comparing(
                        operation -> !operation.operation().method().equals("GET")))
                .map(operation -> operation.operation().path().replaceAll("\\{[^}]*}", "0"))
                .distinct()
                .toList();
        return new AutoInvoker(
                loopback,
                new SelfCheck(
                        calls,
                        loopback,
                        builder.invoker == InvokerChoice.LOOPBACK
                                ? request -> Optional.empty()
                                : request -> Reentry.of(request, calls, builder.maxInFlight),
                        builder.basePath,
                        paths));
    }

    /**
     * Starts a mount.
     *
     * @param guard the guard
     * @return a builder with the standard settings: loopback names only, invoker {@link InvokerChoice#AUTO}, records of calls
     *     that present a profile
     */
    public static Builder builder(McpGuard guard) {
        return new Builder(guard);
    }

    /**
     * Returns the filter that must be the first.
     *
     * @return the filter
     */
    public GuardEntryFilter entryFilter() {
        return entry;
    }

    /**
     * Returns the filter that stands behind the service's authentication.
     *
     * @return the filter
     */
    public GuardGateFilter gateFilter() {
        return gate;
    }

    /**
     * Returns the MCP endpoint.
     *
     * @return the servlet
     */
    public McpServlet mcpServlet() {
        return servlet;
    }

    /**
     * Names the way that calls take at the moment.
     *
     * @return {@code loopback} or {@code re-entry}
     */
    public String invokerName() {
        return invoker.name();
    }

    /**
     * Says why calls take the way they take.
     *
     * @return {@code chosen} when loopback was chosen, else how the start-up check stands
     */
    public String invokerStanding() {
        return choice == InvokerChoice.LOOPBACK && !invoker.isBlocked() ? "chosen" : invoker.standing();
    }

    /**
     * Has the start-up check run in the background, now that the port is known. Without this it runs with the first call.
     *
     * @param scheme {@code http} or {@code https}, as the service's own port speaks
     * @param localAddress IP address that the service listens at
     * @param localPort port that the service listens at
     */
    public void check(String scheme, String localAddress, int localPort) {
        invoker.check(scheme, localAddress, localPort);
    }

    /**
     * Has the start-up check run again, since the service's filters or mappings may have changed. Meanwhile calls go over
     * loopback. Does nothing before the first check.
     */
    public void recheck() {
        invoker.recheck();
    }

    /**
     * Takes note that the server is being started again, with other ports or filters perhaps. What was found before is
     * forgotten: a port is checked when {@link #check} names it or the first call comes by it, and calls go over loopback until
     * then. To be called before the server takes requests, since calls that come earlier go by what was found before.
     */
    public void restarting() {
        invoker.restarting();
    }

    private void arrived(HttpServletRequest request) {
        invoker.arrived(request);
    }

    /**
     * Registers the three parts with an application of plain servlets, while it starts. Its own filters must come after, so
     * call this before they are registered.
     *
     * <p>Which of them stand in front of the gate is said by {@code isMatchAfter} of {@link
     * FilterRegistration#addMappingForUrlPatterns}: a filter that signs callers in needs {@code false}, since the gate asks who has
     * signed in; one that judges them needs {@code true}. A filter that is declared in {@code web.xml} or by an annotation stands
     * in front of the gate.
     *
     * @param context the application
     * @param path path of the MCP endpoint in the application, such as {@code /mcp}
     */
    public void register(ServletContext context, String path) {
        FilterRegistration.Dynamic first = context.addFilter(ENTRY_NAME, entry);
        first.setAsyncSupported(true);
        first.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        ServletRegistration.Dynamic endpoint = context.addServlet(SERVLET_NAME, servlet);
        endpoint.setAsyncSupported(true);
        endpoint.addMapping(path);
        FilterRegistration.Dynamic last = context.addFilter(GATE_NAME, gate);
        last.setAsyncSupported(true);
        last.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /** Lets go of threads and connections. Calls in flight fail. */
    @Override
    public void close() {
        invoker.close();
        serving.close();
    }

    /**
     * Collects what a mount is to do.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final McpGuard guard;
        private EndpointSettings endpoint;
        private OriginPolicy origins = OriginPolicy.loopbackOnly();
        private ToolSettings tools = ToolSettings.DEFAULT;
        private InvokerChoice invoker = InvokerChoice.AUTO;
        private RestRecording recording = RestRecording.PROFILES;
        private Function<HttpServletRequest, AuthContext> host;
        private String basePath = "";
        private int maxInFlight = 256;
        private int maxHeldBytes = 1 << 18;

        private Builder(McpGuard guard) {
            this.guard = Objects.requireNonNull(guard, "guard");
            this.endpoint = EndpointSettings.standard(guard.serviceName(), "1");
            this.host = request -> new ServletAuthContext(request, () -> boundRoles(guard));
        }

        /** Read with each request that the service has authenticated, since profiles change while it runs. */
        private static Set<String> boundRoles(McpGuard guard) {
            return guard.profiles().all().stream()
                    .flatMap(profile -> profile.binding().roles().stream())
                    .collect(Collectors.toSet());
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
         * Sets how calls are carried.
         *
         * @param choice the choice
         * @return this builder
         */
        public Builder invoker(InvokerChoice choice) {
            this.invoker = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Sets which REST requests leave a record.
         *
         * @param choice the choice
         * @return this builder
         */
        public Builder recording(RestRecording choice) {
            this.recording = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Sets where to learn what the service's own security has established.
         *
         * @param context the context of a request; asked on the request's own thread
         * @return this builder
         */
        public Builder host(Function<HttpServletRequest, AuthContext> context) {
            this.host = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Sets where on its server the service is, for the start-up check: a path below which any request comes through the
         * service's filters, whether or not something answers there.
         *
         * @param path raw context path, such as {@code /shop}, followed by the path of the service's main servlet if that has
         *     not all of it; empty for all of the server
         * @return this builder
         */
        public Builder basePath(String path) {
            this.basePath = Objects.requireNonNull(path, "path");
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
        public GuardMount build() {
            return new GuardMount(this);
        }
    }
}
