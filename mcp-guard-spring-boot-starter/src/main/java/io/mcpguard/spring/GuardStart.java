package io.mcpguard.spring;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.servlet.GuardMount;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Says once, when the service is ready, where the endpoint is and what stands behind it, and has the invoker checked now that
 * the port is known. A context that is stopped and started again, as for a checkpoint, starts its server again, on another port
 * perhaps; then the check is made anew, and what was found before has been forgotten by {@link ServerRestart}.
 *
 * @since 0.1
 */
public final class GuardStart implements ApplicationListener<ApplicationReadyEvent>, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GuardStart.class);

    private final McpGuard guard;
    private final AuditTrail trail;
    private final GuardMount mount;
    private final McpGuardProperties properties;
    private final Environment environment;
    private final String contextPath;
    private volatile boolean ready;
    private volatile boolean running;

    GuardStart(
            McpGuard guard,
            AuditTrail trail,
            GuardMount mount,
            McpGuardProperties properties,
            Environment environment,
            String contextPath) {
        this.guard = guard;
        this.trail = trail;
        this.mount = mount;
        this.properties = properties;
        this.environment = environment;
        this.contextPath = contextPath;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Integer port = port();
        LOG.info(
                "MCP endpoint at {}{}: {} products, {} operations, {} profiles; calls by {}; journal {}; {}",
                port == null ? "" : scheme() + "://localhost:" + port,
                path(),
                guard.catalog().products().size(),
                guard.catalog().operations().size(),
                guard.profiles().all().size(),
                properties.invoker().name().toLowerCase(Locale.ROOT),
                journal(),
                reachableUnder());
        if (guard.catalog().operations().isEmpty()) {
            LOG.warn("No operation is published, so there is nothing to call; annotate controllers with @McpProduct and"
                    + " their methods with @McpOperation");
        }
        ready = true;
        check();
    }

    /** Called behind the server, whose phase is an earlier one; for the first time before the service is ready. */
    @Override
    public void start() {
        running = true;
        if (ready) {
            check();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void check() {
        Integer port = port();
        if (port != null) {
            mount.check(scheme(), address(), port);
        }
    }

    private @Nullable Integer port() {
        return environment.getProperty("local.server.port", Integer.class);
    }

    /**
     * Returns where the MCP endpoint is.
     *
     * @return its path, context path included
     */
    public String path() {
        return contextPath + properties.path();
    }

    /**
     * Says where records are kept.
     *
     * @return the folder of the journal, or the name of what takes its place
     */
    public String journal() {
        return trail instanceof Journal journal
                ? journal.folder().toString()
                : trail.getClass().getSimpleName();
    }

    private String reachableUnder() {
        return properties.allowedHosts().isEmpty()
                ? "for clients on this machine only, until mcp.guard.allowed-hosts is set"
                : "for hosts "
                        + String.join(
                                ", ",
                                properties.allowedHosts().stream().sorted().toList());
    }

    private String scheme() {
        boolean tls = set("server.ssl.key-store") || set("server.ssl.certificate") || set("server.ssl.bundle");
        return tls ? "https" : "http";
    }

    private boolean set(String name) {
        String value = environment.getProperty(name);
        return value != null && !value.isBlank();
    }

    /** A server that listens everywhere is reached at the loopback address. */
    private String address() {
        @Nullable String address = environment.getProperty("server.address");
        return address == null || address.isBlank() || address.equals("0.0.0.0") || address.equals("::")
                ? "127.0.0.1"
                : address;
    }
}
