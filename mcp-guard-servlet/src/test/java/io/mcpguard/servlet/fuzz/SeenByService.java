package io.mcpguard.servlet.fuzz;

import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.servlet.exchange.DecidedCallAttribute;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service's side: keeps each request that gets past the guard's first filter, and answers it. */
final class SeenByService implements Filter {

    /** One request as the service saw it. */
    record Seen(
            String method,
            String uri,
            String query,
            String decodedPath,
            String servlet,
            Map<String, List<String>> headers,
            Map<String, List<String>> parameters,
            String octets,
            String connection,
            String principal,
            Optional<DecidedCall> decided) {}

    static final byte[] ANSWER = "seen".getBytes(StandardCharsets.US_ASCII);

    final List<Seen> requests = new CopyOnWriteArrayList<>();

    /** Whether the query is worth being taken apart: a container refuses one that it cannot. */
    volatile boolean readsParameters;

    @Override
    public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        String octets = new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        requests.add(new Seen(
                request.getMethod(),
                request.getRequestURI(),
                String.valueOf(request.getQueryString()),
                request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), ""),
                request.getHttpServletMapping().getServletName(),
                headers(request),
                parameters(request),
                octets,
                request.getRemoteAddr() + ":" + request.getRemotePort() + " " + request.getScheme() + " "
                        + request.isSecure() + " " + request.getServerName() + ":" + request.getServerPort(),
                request.getUserPrincipal() == null
                        ? "nobody"
                        : request.getUserPrincipal().getName(),
                DecidedCallAttribute.of(request)));
        response.getOutputStream().write(ANSWER);
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, RequestReader.values(request, name));
        }
        return headers;
    }

    private Map<String, List<String>> parameters(HttpServletRequest request) {
        Map<String, List<String>> parameters = new TreeMap<>();
        if (readsParameters) {
            request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        }
        return parameters;
    }
}
