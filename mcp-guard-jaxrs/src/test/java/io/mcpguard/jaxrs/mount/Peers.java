package io.mcpguard.jaxrs.mount;

import io.mcpguard.jaxrs.testbed.Implementation;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How each server says who is at the other end, taken from its own request: the tests know no server when they are compiled. */
final class Peers {

    private Peers() {}

    static Optional<InetSocketAddress> of(ContainerRequestContext request) {
        try {
            return Optional.of(Implementation.current() == Implementation.RESTEASY ? netty(request) : jersey(request));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetSocketAddress netty(ContainerRequestContext request) throws ReflectiveOperationException {
        Object http = called(request, "getHttpRequest");
        return new InetSocketAddress((String) called(http, "getRemoteAddress"), 0);
    }

    private static InetSocketAddress jersey(ContainerRequestContext request) throws ReflectiveOperationException {
        Object writer = called(request, "getResponseWriter");
        if (writer.getClass().getName().startsWith("org.glassfish.jersey.jdkhttp.")) {
            return (InetSocketAddress) called(field(writer, "exchange"), "getRemoteAddress");
        }
        Object grizzly = called(field(writer, "grizzlyResponse"), "getRequest");
        return new InetSocketAddress((String) called(grizzly, "getRemoteAddr"), (int) called(grizzly, "getRemotePort"));
    }

    private static Object called(Object on, String method) throws ReflectiveOperationException {
        Class<?> type = on instanceof com.sun.net.httpserver.HttpExchange
                ? com.sun.net.httpserver.HttpExchange.class
                : on.getClass();
        return type.getMethod(method).invoke(on);
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
