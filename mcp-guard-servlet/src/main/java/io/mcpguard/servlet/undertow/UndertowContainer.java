package io.mcpguard.servlet.undertow;

import io.mcpguard.servlet.reentry.Container;
import io.undertow.Version;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The listeners of an Undertow server. Nothing leads from a request to all listeners of its server, so each is known from the
 * first request seen that came in by it.
 *
 * @since 0.1
 */
public final class UndertowContainer implements Container {

    private final Map<Integer, Listener> listeners = new ConcurrentHashMap<>();

    /** Makes a container of which no listener is known yet. */
    public UndertowContainer() {}

    /**
     * Finds the server from a request without a setting. Called on the thread that serves the request.
     *
     * @return the container, or empty when the request of this thread did not come in by an HTTP/1.1 listener of Undertow
     */
    public static Optional<Container> ofCurrentRequest() {
        UndertowContainer container = new UndertowContainer();
        return container.learn() ? Optional.of(container) : Optional.empty();
    }

    /**
     * Takes note of the listener by which the request of this thread came in.
     *
     * @return whether there is such a request, and its listener can be entered
     */
    public boolean learn() {
        ServletRequestContext current = ServletRequestContext.current();
        if (current == null) {
            return false;
        }
        ServerConnection connection = current.getExchange().getConnection();
        if (!(connection instanceof HttpServerConnection http)
                || !(http.getLocalAddress() instanceof InetSocketAddress local)) {
            return false;
        }
        try {
            listeners.compute(
                    local.getPort(),
                    (port, known) -> known != null && known.isOfServerOf(http) ? known : new Listener(http));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void meet() {
        learn();
    }

    @Override
    public Optional<String> untested() {
        String version = Version.getVersionString();
        return version.startsWith("2.3.")
                ? Optional.empty()
                : Optional.of("re-entry is not tested on Undertow " + version);
    }

    @Override
    public Optional<Entrance> at(int localPort) {
        return Optional.ofNullable(listeners.get(localPort));
    }
}
