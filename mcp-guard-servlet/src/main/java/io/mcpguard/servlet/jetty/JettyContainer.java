package io.mcpguard.servlet.jetty;

import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.InnerExchange;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;

/**
 * The connectors of a Jetty server. Each call gets a connection in memory, made by the connector's own HTTP/1.1 factory.
 *
 * @since 0.1
 */
public final class JettyContainer implements Container {

    private final Server server;

    /**
     * Names the server.
     *
     * @param server the server that the application is deployed in
     */
    public JettyContainer(Server server) {
        this.server = server;
    }

    /**
     * Finds the server from any request, without a setting.
     *
     * @param request a request as a filter sees it
     * @return the server, or empty when the request is not one of Jetty's
     */
    public static Optional<Container> of(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        if (!inner.getClass().getName().startsWith("org.eclipse.jetty.")) {
            return Optional.empty();
        }
        try {
            // The same public method of two classes, one for each level of Jakarta EE, that have no type in common.
            Method method = inner.getClass().getMethod("getRequest");
            return method.invoke(inner) instanceof Request core
                    ? Optional.of(new JettyContainer(
                            core.getConnectionMetaData().getConnector().getServer()))
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Entrance> at(int localPort) {
        return Arrays.stream(server.getConnectors())
                .filter(connector ->
                        connector instanceof NetworkConnector network && network.getLocalPort() == localPort)
                .filter(connector -> connector.getConnectionFactory(HttpConnectionFactory.class) != null)
                .findFirst()
                .map(Opening::new);
    }

    @Override
    public Optional<String> untested() {
        String version = Server.getVersion();
        return version.startsWith("12.0.") || version.startsWith("12.1.")
                ? Optional.empty()
                : Optional.of("re-entry is not tested on Jetty " + version);
    }

    private record Opening(Connector connector) implements Entrance {

        @Override
        public Runnable enter(InnerExchange exchange) {
            MemoryEndPoint endPoint = new MemoryEndPoint(connector, exchange);
            endPoint.start();
            return endPoint::abandon;
        }

        @Override
        public OptionalLong served() {
            StatisticsHandler statistics = connector.getServer().getDescendant(StatisticsHandler.class);
            return statistics == null ? OptionalLong.empty() : OptionalLong.of(statistics.getRequestTotal());
        }
    }
}
