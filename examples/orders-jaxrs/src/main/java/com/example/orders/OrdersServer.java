package com.example.orders;

import com.example.orders.api.OrdersApi;
import com.example.orders.customer.Customers;
import com.example.orders.order.Orders;
import com.example.orders.security.SignIn;
import com.example.orders.security.Users;
import com.example.orders.seed.DemoData;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.home.GuardHome;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.limit.Limiter;
import io.mcpguard.servlet.GuardMount;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.servlet.ServletContainer;

/** The orders service: Jersey on an embedded Jetty, the service's own security, and the guard. */
public final class OrdersServer implements AutoCloseable {

    /** What the service lets profiles make of an AI client; never ADMIN. */
    private static final Set<String> ALLOWED_ROLES = Set.of("DEVELOPER", "SUPPORT");

    private static final String LOOPBACK = "127.0.0.1";

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final GuardHome home;
    private final McpGuard guard;
    private final GuardMount mount;
    private final Orders orders;

    /**
     * Starts the service.
     *
     * @param settings where it listens and what it reads
     * @param limiter counts in place of the guard's own, empty outside of tests
     */
    OrdersServer(Settings settings, Optional<Limiter> limiter) throws Exception {
        DemoData data = DemoData.generate();
        Customers customers = new Customers(data.customers());
        orders = new Orders(data.orders(), data.prices(), customers, InstantSource.system());
        OrdersApi api = new OrdersApi(orders, customers);

        JaxrsOperationSource operations =
                JaxrsOperationSource.of(api).basePath("/api").build();
        home = GuardHome.open(GuardHome.Settings.under(settings.guardHome(), ALLOWED_ROLES), InstantSource.system());
        McpGuard.Builder built = home.guard("orders").operations(operations);
        limiter.ifPresent(built::limiter);
        guard = built.build();
        mount = GuardMount.builder(guard).build();

        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, started) -> deploy(started, api, settings.users()));
        jetty.setHandler(context);
        connector.setHost(LOOPBACK);
        connector.setPort(settings.port());
        jetty.addConnector(connector);
        jetty.start();
    }

    private void deploy(ServletContext context, OrdersApi api, Users users) {
        mount.register(context, "/mcp");
        // Before the guard's gate, which asks who has signed in.
        FilterRegistration.Dynamic signIn = context.addFilter("signIn", new SignIn(users));
        signIn.setAsyncSupported(true);
        signIn.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        ServletRegistration.Dynamic jersey = context.addServlet("api", new ServletContainer(api));
        jersey.setAsyncSupported(true);
        jersey.addMapping("/api/*");
        context.addServlet("health", new Health()).addMapping("/health");
    }

    int port() {
        return connector.getLocalPort();
    }

    McpGuard guard() {
        return guard;
    }

    Orders orders() {
        return orders;
    }

    @Override
    public void close() throws Exception {
        guard.endStreams();
        jetty.stop();
        mount.close();
        guard.close();
        home.close();
    }

    /**
     * Starts the service until the process is asked to end.
     *
     * @param args see {@link Settings#of}
     */
    public static void main(String[] args) throws Exception {
        Settings settings;
        try {
            settings = Settings.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        OrdersServer server = new OrdersServer(settings, Optional.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.close();
            } catch (Exception e) {
                System.err.println("orders did not stop in order: " + e.getMessage());
            }
        }));
        System.out.println("orders started on port " + server.port());
        server.jetty.join();
    }

    /** Says that the service is up, to everybody. */
    private static final class Health extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter().write("{\"status\":\"UP\"}");
        }
    }
}
