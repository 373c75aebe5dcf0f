package com.example.orders;

import com.example.orders.customer.Customers;
import com.example.orders.customer.CustomersServlet;
import com.example.orders.http.Answers;
import com.example.orders.http.ErrorServlet;
import com.example.orders.order.Orders;
import com.example.orders.order.OrdersServlet;
import com.example.orders.security.Rules;
import com.example.orders.security.SignIn;
import com.example.orders.security.Users;
import com.example.orders.seed.DemoData;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.home.GuardHome;
import io.mcpguard.limit.Limiter;
import io.mcpguard.servlet.GuardMount;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** The orders service: servlets on an embedded Tomcat, the service's own security, and the guard. */
public final class OrdersServer implements AutoCloseable {

    /** What the service lets profiles make of an AI client; never ADMIN. */
    private static final Set<String> ALLOWED_ROLES = Set.of("DEVELOPER", "SUPPORT");

    private static final String LOOPBACK = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();
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
    OrdersServer(Settings settings, Optional<Limiter> limiter) throws IOException, LifecycleException {
        DemoData data = DemoData.generate();
        Customers customers = new Customers(data.customers());
        orders = new Orders(data.orders(), data.prices(), customers, InstantSource.system());
        home = GuardHome.open(GuardHome.Settings.under(settings.guardHome(), ALLOWED_ROLES), InstantSource.system());
        McpGuard.Builder built = home.guard("orders").operations(OrderOperations.list());
        limiter.ifPresent(built::limiter);
        guard = built.build();
        mount = GuardMount.builder(guard).build();

        tomcat.setBaseDir(Files.createDirectories(settings.dataDir()).toString());
        tomcat.setHostname(LOOPBACK);
        tomcat.setPort(settings.port());
        tomcat.getConnector().setProperty("address", LOOPBACK);
        Context context =
                tomcat.addContext("", tomcat.getServer().getCatalinaBase().toString());
        context.addServletContainerInitializer(
                (classes, started) -> deploy(started, customers, settings.users()), null);
        for (int status : new int[] {404, 500}) {
            ErrorPage page = new ErrorPage();
            page.setErrorCode(status);
            page.setLocation("/error");
            context.addErrorPage(page);
        }
        tomcat.start();
        mount.check("http", LOOPBACK, port());
    }

    private void deploy(ServletContext context, Customers customers, Users users) {
        mount.register(context, "/mcp");
        // Before the guard's gate, which asks who has signed in; the rules behind it.
        filter(context, "signIn", new SignIn(users), false);
        filter(context, "rules", new Rules(), true);
        servlet(context, "orders", new OrdersServlet(orders), "/api/orders/*");
        servlet(context, "customers", new CustomersServlet(customers), "/api/customers/*");
        servlet(context, "health", new Health(), "/health");
        // Also what no other servlet serves, so that the filters see every request.
        servlet(context, "error", new ErrorServlet(), "/", "/error");
    }

    private static void filter(ServletContext context, String name, Filter filter, boolean last) {
        FilterRegistration.Dynamic registered = context.addFilter(name, filter);
        registered.setAsyncSupported(true);
        registered.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), last, "/*");
    }

    private static void servlet(ServletContext context, String name, Servlet servlet, String... patterns) {
        context.addServlet(name, servlet).addMapping(patterns);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    McpGuard guard() {
        return guard;
    }

    Orders orders() {
        return orders;
    }

    @Override
    public void close() throws LifecycleException {
        guard.endStreams();
        tomcat.stop();
        tomcat.destroy();
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
        Logger.getLogger("org.apache").setLevel(Level.WARNING);
        OrdersServer server = new OrdersServer(settings, Optional.empty());
        Thread end = new Thread(() -> {
            try {
                server.close();
            } catch (LifecycleException e) {
                System.err.println("orders did not stop in order: " + e.getMessage());
            }
        });
        Runtime.getRuntime().addShutdownHook(end);
        System.out.println("orders started on port " + server.port());
        server.tomcat.getServer().await();
    }

    /** Says that the service is up, to everybody. */
    private static final class Health extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Answers.json(response, 200, java.util.Map.of("status", "UP"));
        }
    }
}
