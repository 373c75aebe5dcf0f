package io.mcpguard.servlet.testbed;

import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.undertow.UndertowContainer;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.accesslog.AccessLogHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** Undertow, with the counters of its listener switched on. */
public final class UndertowServer implements TestContainer {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Undertow> more = new CopyOnWriteArrayList<>();
    private Optional<Executor> executor = Optional.empty();
    private Optional<HttpHandler> root = Optional.empty();
    private Optional<Undertow> server = Optional.empty();

    private record Registering(Deployment deployment) implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> classes, ServletContext context) {
            deployment.register(context);
        }
    }

    @Override
    public int start(Deployment deployment, int threads) throws Exception {
        DeploymentInfo info = Servlets.deployment()
                .setDeploymentName("service")
                .setContextPath("/")
                .setClassLoader(UndertowServer.class.getClassLoader());
        info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                Registering.class, new ImmediateInstanceFactory<>(new Registering(deployment)), Set.of()));
        Deployment.ERROR_PAGES.forEach((status, location) -> info.addErrorPage(Servlets.errorPage(location, status)));
        executor.ifPresent(info::setExecutor);
        DeploymentManager manager = Servlets.newContainer().addDeployment(info);
        manager.deploy();
        HttpHandler handler =
                new AccessLogHandler(manager.start(), log::add, "%m %U %s", UndertowServer.class.getClassLoader());
        root = Optional.of(handler);
        return listen(0, threads);
    }

    private int listen(int port, int threads) {
        Undertow started = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(threads)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                // Two megabytes unless it is said.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 10L << 20)
                .setHandler(root.orElseThrow())
                .build();
        started.start();
        server = Optional.of(started);
        return port(started);
    }

    private static int port(Undertow started) {
        return ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Stops it and starts it again, on the same port and with other threads; the application goes on. */
    public void restart(Runnable between) {
        Undertow before = server.orElseThrow();
        int port = port(before);
        before.stop();
        between.run();
        listen(port, TestContainer.THREADS);
    }

    @Override
    public TestContainer onVirtualThreads() {
        executor = Optional.of(VirtualThreads.executor());
        return this;
    }

    /** Undertow has no listener added to it while it runs, so that this is another server with the same handlers. */
    @Override
    public int addTls(TestKeys keys, ClientCertificates asked) throws Exception {
        SslClientAuthMode mode = switch (asked) {
            case NONE -> SslClientAuthMode.NOT_REQUESTED;
            case WANTED -> SslClientAuthMode.REQUESTED;
            case NEEDED -> SslClientAuthMode.REQUIRED;
        };
        Undertow added = Undertow.builder()
                .addHttpsListener(0, "127.0.0.1", keys.serverContext())
                .setIoThreads(2)
                .setWorkerThreads(TestContainer.THREADS)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, mode)
                .setHandler(root.orElseThrow())
                .build();
        added.start();
        more.add(added);
        return port(added);
    }

    @Override
    public Optional<Container> reentry(HttpServletRequest request) {
        return UndertowContainer.ofCurrentRequest();
    }

    @Override
    public List<String> accessLog() {
        return List.copyOf(log);
    }

    @Override
    public long requestCount() {
        return server.orElseThrow()
                .getListenerInfo()
                .get(0)
                .getConnectorStatistics()
                .getRequestCount();
    }

    @Override
    public void stop() {
        more.forEach(Undertow::stop);
        server.orElseThrow().stop();
    }
}
