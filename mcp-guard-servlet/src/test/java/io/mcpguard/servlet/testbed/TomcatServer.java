package io.mcpguard.servlet.testbed;

import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.tomcat.TomcatContainer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.CharArrayWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.RequestGroupInfo;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat, of the version that the build has put on the class path. */
public final class TomcatServer implements TestContainer {

    private final Tomcat tomcat = new Tomcat();
    private Optional<Executor> executor = Optional.empty();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public int start(Deployment deployment, int threads) throws Exception {
        // Tomcat logs each exception that the service throws on purpose.
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.OFF);
        }
        // Under target, so that mvn clean takes it away.
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-services")), "service")
                .toAbsolutePath();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("maxThreads", Integer.toString(threads));
        executor.ifPresent(tomcat.getConnector().getProtocolHandler()::setExecutor);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer((classes, servlets) -> deployment.register(servlets), Set.of());
        Deployment.ERROR_PAGES.forEach((status, location) -> {
            ErrorPage page = new ErrorPage();
            page.setErrorCode(status);
            page.setLocation(location);
            context.addErrorPage(page);
        });
        AbstractAccessLogValve valve = new AbstractAccessLogValve() {
            @Override
            protected void log(CharArrayWriter message) {
                log.add(message.toString());
            }
        };
        valve.setPattern("%m %U %s");
        tomcat.getHost().getPipeline().addValve(valve);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public TestContainer onVirtualThreads() {
        executor = Optional.of(VirtualThreads.executor());
        return this;
    }

    /** The connector that it was started with. */
    public Connector connector() {
        return tomcat.getConnector();
    }

    @Override
    public int addTls(TestKeys keys, ClientCertificates asked) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keys.server().toString());
        certificate.setCertificateKeystorePassword(TestKeys.PASSWORD);
        host.addCertificate(certificate);
        if (asked != ClientCertificates.NONE) {
            host.setCertificateVerification(asked == ClientCertificates.NEEDED ? "required" : "optional");
            host.setTruststoreFile(keys.trusted().toString());
            host.setTruststorePassword(TestKeys.PASSWORD);
            host.setTruststoreType("PKCS12");
        }
        connector.addSslHostConfig(host);
        tomcat.getService().addConnector(connector);
        return connector.getLocalPort();
    }

    @Override
    public Optional<Container> reentry(HttpServletRequest request) {
        return TomcatContainer.of(request);
    }

    @Override
    public List<String> accessLog() {
        return List.copyOf(log);
    }

    @Override
    public long requestCount() {
        AbstractProtocol<?> protocol =
                (AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler();
        return ((RequestGroupInfo) protocol.getHandler().getGlobal()).getRequestCount();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
