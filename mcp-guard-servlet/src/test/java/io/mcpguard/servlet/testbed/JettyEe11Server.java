package io.mcpguard.servlet.testbed;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;

/** Jetty 12 with the servlets of EE 11. */
public final class JettyEe11Server extends JettyServer {

    @Override
    Handler application(Deployment deployment) {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addServletContainerInitializer((classes, servlets) -> deployment.register(servlets));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        Deployment.ERROR_PAGES.forEach((status, location) -> errors.addErrorPage(status, location));
        context.setErrorHandler(errors);
        return context;
    }
}
