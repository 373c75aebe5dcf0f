package io.mcpguard.jaxrs.servlet;

import io.mcpguard.core.McpGuard;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.Implementation;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.jaxrs.testbed.Shop;
import io.mcpguard.jaxrs.testbed.Wire;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.rest.ServletAuthContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The shop in a servlet container, with a servlet filter that authenticates, and the guard mounted on it. */
final class ServletShop implements AutoCloseable {

    final RecordingTrail trail = new RecordingTrail();
    final Shop shop = new Shop();
    final Wire wire;
    private final Server server = new Server();
    private final McpGuard guard;
    private final GuardMount mount;

    ServletShop() {
        JaxrsOperationSource source =
                JaxrsOperationSource.of(shop).basePath("/shop/api").build();
        shop.with(source.check()).with(new ServiceFilter());
        guard = Guards.over(source, trail);
        mount = GuardMount.builder(guard)
                .invoker(InvokerChoice.LOOPBACK)
                .host(request -> new ServletAuthContext(request, Set.of("user", "admin")))
                .build();
        ServletContextHandler context = new ServletContextHandler("/shop");
        Map<String, Object> attributes = new HashMap<>();
        Servlet jaxrs = Implementation.current().servlet(shop, attributes);
        attributes.forEach(context::setAttribute);
        context.addServletContainerInitializer((classes, started) -> {
            mount.register(started, "/mcp");
        });
        FilterHolder login = new FilterHolder((Filter) ServletShop::authenticate);
        login.setAsyncSupported(true);
        context.addFilter(login, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder holder = new ServletHolder(jaxrs);
        holder.setAsyncSupported(true);
        if (Implementation.current() == Implementation.RESTEASY) {
            holder.setInitParameter("resteasy.servlet.mapping.prefix", "/api");
        }
        context.addServlet(holder, "/api/*");
        server.setHandler(context);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        wire = new Wire(connector.getLocalPort(), "/shop/api", "/shop/mcp");
    }

    /** The service's own login: {@code Bearer alice} is a user, whoever has no login of any kind is turned away. */
    private static void authenticate(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        if ("Bearer alice".equals(request.getHeader("Authorization"))) {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return () -> "alice";
                        }

                        @Override
                        public boolean isUserInRole(String role) {
                            return role.equals("user");
                        }
                    },
                    answer);
        } else if (request.getUserPrincipal() == null && request.getRequestURI().startsWith("/shop/api")) {
            ((HttpServletResponse) answer).setStatus(401);
        } else {
            chain.doFilter(request, answer);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        mount.close();
        guard.close();
    }
}
