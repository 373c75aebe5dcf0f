package io.mcpguard.servlet.selfcheck;

import io.mcpguard.core.inner.Tap;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.exchange.RequestReader;
import io.mcpguard.servlet.exchange.Way;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one probe met on its way: facts of the request, who answered, and the answer. */
final class Observation implements Tap<HttpServletRequest> {

    /** Fields that differ from one request to the next, or belong to a connection. */
    private static final Set<String> IGNORED_FIELDS = Set.of(
            "connection",
            "content-length",
            "date",
            "expires",
            "keep-alive",
            "set-cookie",
            "traceparent",
            "transfer-encoding",
            "x-request-id",
            "x-trace-id");

    /** What two requests for different things have in common. */
    private static final List<String> COMPARABLE = List.of(
            "way to the first filter",
            "dispatcher type",
            "context path",
            "scheme",
            "secure",
            "protocol",
            "certificates",
            "attributes");

    /** The guard's own, and what describes the TLS session of a connection: by re-entry there is none. */
    private static final List<String> IGNORED_ATTRIBUTES = List.of(
            "io.mcpguard.",
            "jakarta.servlet.request.",
            "org.apache.tomcat.util.net.secure_",
            "org.eclipse.jetty.io.endpoint.sslsessiondata",
            "org.eclipse.jetty.server.x509");

    private final Consumer<HttpServletRequest> seen;
    private final Map<String, String> facts = new TreeMap<>();
    private @Nullable String remote;

    Observation(Consumer<HttpServletRequest> seen) {
        this.seen = seen;
    }

    @Override
    public synchronized void entered(HttpServletRequest request) {
        seen.accept(request);
        remote = request.getRemoteAddr();
        facts.put("way to the first filter", String.join(" < ", Way.here()));
        facts.put("dispatcher type", String.valueOf(request.getDispatcherType()));
        facts.put("method", request.getMethod());
        facts.put("URI", request.getRequestURI());
        facts.put("query", String.valueOf(request.getQueryString()));
        facts.put("context path", request.getContextPath());
        facts.put("servlet path", request.getServletPath());
        facts.put("path info", String.valueOf(request.getPathInfo()));
        facts.put("servlet", request.getHttpServletMapping().getServletName());
        facts.put(
                "certificates",
                request.getAttribute(RequestReader.CERTIFICATES) instanceof X509Certificate[] chain
                        ? Integer.toString(chain.length)
                        : "none");
        facts.put("scheme", request.getScheme());
        facts.put("secure", String.valueOf(request.isSecure()));
        facts.put("protocol", request.getProtocol());
        facts.put("server", request.getServerName() + ":" + request.getServerPort());
        facts.put("headers", names(Collections.list(request.getHeaderNames())));
        facts.put(
                "attributes",
                names(Collections.list(request.getAttributeNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> IGNORED_ATTRIBUTES.stream().noneMatch(name::startsWith))
                        .toList()));
    }

    @Override
    public synchronized void answered(List<String> frames) {
        facts.put("way", String.join(" < ", frames));
    }

    synchronized void ended(OperationResult result) {
        facts.put("status", Integer.toString(result.status()));
        facts.put("response type", result.header("Content-Type").orElse("none"));
        facts.put("response body", result.body().length == 0 ? "empty" : "some");
        facts.put(
                "response headers",
                names(result.headers().stream().map(HttpField::name).toList()));
    }

    private static String names(List<String> names) {
        Set<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        lower.removeAll(IGNORED_FIELDS);
        return lower.toString();
    }

    /** The address that the service saw, or empty when the probe did not come as far as the first filter. */
    synchronized Optional<String> remote() {
        return Optional.ofNullable(remote);
    }

    /** Says in what two probes differ, or is empty when they are equal. */
    static Optional<String> difference(Observation wire, Observation candidate) {
        Map<String, String> one = wire.copy();
        Map<String, String> other = candidate.copy();
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream()
                .filter(key -> !String.valueOf(one.get(key)).equals(String.valueOf(other.get(key))))
                .findFirst()
                .map(key -> key + " is " + one.get(key) + " over loopback and " + other.get(key) + " by re-entry");
    }

    /**
     * Says in what a probe by re-entry differs from another request that came from outside, as far as the two can be
     * compared: how they came to the first filter, and what they are.
     */
    static Optional<String> differenceBefore(Observation outside, Observation inner, String remote) {
        if (!inner.remote().equals(Optional.of(remote))) {
            return Optional.of("re-entry does not show the caller's address");
        }
        Map<String, String> one = outside.copy();
        Map<String, String> other = inner.copy();
        return COMPARABLE.stream()
                .filter(key -> !String.valueOf(one.get(key)).equals(String.valueOf(other.get(key))))
                .findFirst()
                .map(key -> key + " is " + one.get(key) + " from outside and " + other.get(key) + " by re-entry");
    }

    /** Says so when a request that never came to the first filter was served nevertheless. */
    synchronized Optional<String> passedBy() {
        String status = facts.getOrDefault("status", "none");
        return status.startsWith("4") ? Optional.empty() : Optional.of("the status is " + status + " without a filter");
    }

    private synchronized Map<String, String> copy() {
        return new TreeMap<>(facts);
    }
}
