package io.mcpguard.servlet.testbed;

import io.mcpguard.servlet.jetty.JettyContainer;
import io.mcpguard.servlet.reentry.Container;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What Jetty has in common for all levels of Jakarta EE. */
abstract class JettyServer implements TestContainer {

    private static final int ACCEPTOR_AND_SELECTOR = 2;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final StatisticsHandler statistics = new StatisticsHandler();
    private Optional<Executor> executor = Optional.empty();
    private Optional<Server> server = Optional.empty();

    /** Makes the handler of the application. */
    abstract Handler application(Deployment deployment);

    @Override
    public int start(Deployment deployment, int threads) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(threads + ACCEPTOR_AND_SELECTOR);
        pool.setReservedThreads(0);
        executor.ifPresent(pool::setVirtualThreadsExecutor);
        Server started = new Server(pool);
        server = Optional.of(started);
        ServerConnector connector = new ServerConnector(started, 1, 1);
        connector.setHost("127.0.0.1");
        started.addConnector(connector);
        started.setRequestLog((request, response) ->
                log.add(request.getMethod() + " " + request.getHttpURI().getPath() + " " + response.getStatus()));
        statistics.setHandler(application(deployment));
        started.setHandler(statistics);
        started.start();
        return connector.getLocalPort();
    }

    @Override
    public TestContainer onVirtualThreads() {
        executor = Optional.of(VirtualThreads.executor());
        return this;
    }

    /** The server, once it has been started. */
    public Server server() {
        return server.orElseThrow();
    }

    @Override
    public int addTls(TestKeys keys, ClientCertificates asked) throws Exception {
        // The certificate of the test is for another host than the address that tests ask at.
        return addTls(keys, asked, false);
    }

    /** Opens a port that answers for the host of its certificate alone, which is what Jetty does unless it is told not to. */
    public int addTlsOfOneHost(TestKeys keys) throws Exception {
        return addTls(keys, ClientCertificates.NONE, true);
    }

    private int addTls(TestKeys keys, ClientCertificates asked, boolean sniHostCheck) throws Exception {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keys.server().toString());
        tls.setKeyStorePassword(TestKeys.PASSWORD);
        tls.setTrustStorePath(keys.trusted().toString());
        tls.setTrustStorePassword(TestKeys.PASSWORD);
        tls.setNeedClientAuth(asked == ClientCertificates.NEEDED);
        tls.setWantClientAuth(asked == ClientCertificates.WANTED);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(sniHostCheck));
        ServerConnector connector = new ServerConnector(
                server(), 1, 1, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server().addConnector(connector);
        connector.start();
        return connector.getLocalPort();
    }

    @Override
    public Optional<Container> reentry(HttpServletRequest request) {
        return JettyContainer.of(request);
    }

    @Override
    public List<String> accessLog() {
        return List.copyOf(log);
    }

    @Override
    public long requestCount() {
        return statistics.getRequestTotal();
    }

    @Override
    public void stop() throws Exception {
        server().stop();
    }
}
