package io.mcpguard.servlet.entry;

import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.testbed.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

class TomcatStreamTest extends StreamContract {

    private final Tomcat tomcat = new Tomcat();

    @Override
    protected int start(GuardEntryFilter entry, McpServlet servlet, Optional<BlockingOnly> more)
            throws IOException, LifecycleException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-services")), "stream")
                .toAbsolutePath();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("maxThreads", Integer.toString(CONTAINER_THREADS));
        tomcat.getConnector().setProperty("socket.txBufSize", Integer.toString(SEND_BUFFER_BYTES));
        Deployment deployment = new Deployment().servlet(GuardMount.SERVLET_NAME, "/mcp", servlet);
        deployment.entry(entry);
        more.ifPresent(filter -> deployment.filter("more", "/*", filter));
        tomcat.addContext("", folder.toString())
                .addServletContainerInitializer((classes, servlets) -> deployment.register(servlets), Set.of());
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    protected void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
