package io.mcpguard.servlet;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.servlet.jetty.JettyContainer;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.tomcat.TomcatContainer;
import io.mcpguard.servlet.undertow.UndertowContainer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds out how the container that served a request can be re-entered. Loaded only when that is asked. */
final class Reentry {

    private static final int THREADS = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

    private static final List<Function<HttpServletRequest, Optional<Container>>> KNOWN = List.of(
            request -> TomcatContainer.of(request),
            request -> JettyContainer.of(request),
            request -> UndertowContainer.ofCurrentRequest());

    private Reentry() {}

    static Optional<ReentryInvoker> of(
            HttpServletRequest request, InnerCalls<HttpServletRequest> calls, int maxInFlight) {
        for (Function<HttpServletRequest, Optional<Container>> known : KNOWN) {
            Optional<Container> container = found(known, request);
            if (container.isPresent()) {
                return container.map(each -> new ReentryInvoker(calls, each, THREADS, maxInFlight));
            }
        }
        return Optional.empty();
    }

    private static Optional<Container> found(
            Function<HttpServletRequest, Optional<Container>> known, HttpServletRequest request) {
        try {
            return known.apply(request);
        } catch (LinkageError e) {
            // Another container than this one, or one whose classes this application must not see.
            return Optional.empty();
        }
    }
}
