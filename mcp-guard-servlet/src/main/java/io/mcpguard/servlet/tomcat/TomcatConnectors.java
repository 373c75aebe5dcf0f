package io.mcpguard.servlet.tomcat;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;

/**
 * The connectors of the Tomcat that served a request.
 *
 * @since 0.1
 */
public final class TomcatConnectors implements TomcatReentryInvoker.Connectors {

    private final Service service;

    /**
     * Makes the connectors of a Tomcat service.
     *
     * @param service the service that the application is deployed in
     */
    public TomcatConnectors(Service service) {
        this.service = service;
    }

    /**
     * Finds the connectors from any request, without a setting.
     *
     * @param request a request as a filter sees it
     * @return the connectors, or empty when the request is not one of Tomcat's or does not let itself be looked into
     */
    public static Optional<TomcatReentryInvoker.Connectors> of(ServletRequest request) {
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
                    ? Optional.of(new TomcatConnectors(catalina.getConnector().getService()))
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Connector> at(int localPort) {
        return Arrays.stream(service.findConnectors())
                .filter(connector -> connector.getLocalPort() == localPort)
                .findFirst();
    }
}
