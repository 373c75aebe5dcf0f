package io.mcpguard.servlet;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.tomcat.TomcatConnectors;
import io.mcpguard.servlet.tomcat.TomcatReentryInvoker;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Finds out how the container that served a request can be re-entered. Loaded only when that is asked. */
final class Reentry {

    private static final int THREADS = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

    private Reentry() {}

    static Optional<OperationInvoker> of(
            HttpServletRequest request, InnerCalls<HttpServletRequest> calls, int maxInFlight) {
        try {
            return TomcatConnectors.of(request)
                    .map(connectors -> new TomcatReentryInvoker(calls, connectors, THREADS, maxInFlight));
        } catch (LinkageError e) {
            // Not on Tomcat, or on one whose classes this application must not see.
            return Optional.empty();
        }
    }
}
