package io.mcpguard.servlet.tomcat;

import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.InnerExchange;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.RequestGroupInfo;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.http.parser.HttpParser;

/**
 * The connectors of a Tomcat service. Each call gets a request of its own for the adapter of the connector.
 *
 * @since 0.1
 */
public final class TomcatContainer implements Container {

    private final Service service;

    /**
     * Names the service.
     *
     * @param service the service that the application is deployed in
     */
    public TomcatContainer(Service service) {
        this.service = service;
    }

    /**
     * Finds the service from any request, without a setting.
     *
     * @param request a request as a filter sees it
     * @return the service, or empty when the request is not one of Tomcat's or does not let itself be looked into
     */
    public static Optional<Container> of(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        if (!(inner instanceof RequestFacade)) {
            return Optional.empty();
        }
        try {
            // The facade hides the request from applications; there is no public way to the connector.
            Field field = RequestFacade.class.getDeclaredField("request");
            field.setAccessible(true);
            return field.get(inner) instanceof Request catalina
                    ? Optional.of(new TomcatContainer(catalina.getConnector().getService()))
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Entrance> at(int localPort) {
        for (Connector connector : service.findConnectors()) {
            // Not Connector.getLocalPort(), which asks the same by reflection.
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
                    && protocol.getLocalPort() == localPort) {
                return Optional.of(new Adapter(protocol));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> untested() {
        String version = ServerInfo.getServerNumber();
        return version.startsWith("10.1.") || version.startsWith("11.0.")
                ? Optional.empty()
                : Optional.of("re-entry is not tested on Tomcat " + version);
    }

    private record Adapter(AbstractProtocol<?> protocol) implements Entrance {

        @Override
        public Runnable enter(InnerExchange exchange) {
            return TomcatContainer.enter(protocol, exchange);
        }

        @Override
        public OptionalLong served() {
            return protocol.getHandler().getGlobal() instanceof RequestGroupInfo global
                    ? OptionalLong.of(global.getRequestCount())
                    : OptionalLong.empty();
        }
    }

    private static Runnable enter(AbstractProtocol<?> protocol, InnerExchange exchange) {
        List<HttpField> fields = InnerRequest.fields(exchange.call(), exchange.nonce());
        if (!parses(exchange.call(), fields, protocol)) {
            exchange.end();
            exchange.give(new OperationResult(400, List.of(), new byte[0], false));
            return TomcatContainer::nothingStarted;
        }
        MemoryProcessor processor = new MemoryProcessor(protocol, exchange, fields);
        processor.start();
        return processor::abandon;
    }

    private static void nothingStarted() {
        // So there is nothing to abandon.
    }

    /** What the HTTP parser of the connector checks before its adapter sees a request. */
    private static boolean parses(OperationCall call, List<HttpField> fields, AbstractProtocol<?> protocol) {
        if (!InnerRequest.target(call).chars().noneMatch(HttpParser::isNotRequestTarget)
                || !HttpField.isFieldValue(InnerRequest.host(call.origin()))) {
            return false;
        }
        int size = call.method().length() + InnerRequest.target(call).length() + "  HTTP/1.1\r\n".length();
        int count = 2;
        for (HttpField field : fields) {
            size += field.name().length() + field.value().length() + ": \r\n".length();
            count++;
        }
        boolean fits = !(protocol instanceof AbstractHttp11Protocol<?> http)
                || size + InnerRequest.host(call.origin()).length() + 64 <= http.getMaxHttpRequestHeaderSize();
        return fits && (protocol.getMaxHeaderCount() < 0 || count <= protocol.getMaxHeaderCount());
    }
}
