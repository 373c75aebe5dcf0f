package io.mcpguard.servlet.exchange;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.door.PresentedHeaders;
import io.mcpguard.core.guard.CallerText;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.invocation.CallOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a servlet request what the guard wants to know of it.
 *
 * @since 0.1
 */
public final class RequestReader {

    /** Request attribute that the container keeps a client's certificate chain in. */
    public static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private RequestReader() {}

    /**
     * Reads where a request came from.
     *
     * @param request the request
     * @return its connection
     */
    public static CallOrigin origin(HttpServletRequest request) {
        return new CallOrigin(
                text(request.getRemoteAddr()),
                request.getRemotePort(),
                text(request.getScheme()),
                request.isSecure(),
                text(request.getServerName()),
                request.getServerPort(),
                text(request.getLocalAddr()),
                request.getLocalPort(),
                chain(request));
    }

    private static List<X509Certificate> chain(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    /**
     * Reads what is known of a request before anybody is identified.
     *
     * @param channel the door
     * @param frontage what stands in front of the service
     * @param request the request, with the headers as they came in
     * @param clock the time of arrival
     * @return the facts, of which only the target is unknown
     */
    public static RequestFacts facts(
            Channel channel, Frontage frontage, HttpServletRequest request, InstantSource clock) {
        return facts(channel, frontage, request, AuditTarget.unknown(), name -> values(request, name), clock.instant());
    }

    /**
     * Reads what is known of a request whose headers have been read already.
     *
     * @param channel the door
     * @param frontage what stands in front of the service
     * @param request the request
     * @param target what it is sent to
     * @param headers finds the values of a header as it came in, in order
     * @param arrival when it arrived
     * @return the facts
     */
    public static RequestFacts facts(
            Channel channel,
            Frontage frontage,
            HttpServletRequest request,
            AuditTarget target,
            Function<String, List<String>> headers,
            Instant arrival) {
        Presentation presentation = frontage.presentation(
                request.getMethod(), request.getRequestURI(), headers, text(request.getRemoteAddr()), chain(request));
        return new RequestFacts(
                channel,
                CallerText.httpMethod(request.getMethod()),
                target,
                PresentedHeaders.credential(headers.apply("Authorization"), presentation),
                presentation,
                PresentedHeaders.selection(headers.apply(PresentedHeaders.CLIENT)),
                PresentedHeaders.selection(headers.apply(PresentedHeaders.PROFILE)),
                new AuditSource(
                        text(request.getRemoteAddr()),
                        request.getRemotePort(),
                        CallerText.note(headers.apply("User-Agent")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        CallerText.traceparent(headers.apply("traceparent"))),
                arrival);
    }

    /**
     * Reads the one Authorization header.
     *
     * @param request the request
     * @return what was presented, or empty when there is none or there are several
     */
    public static Optional<Credential> credential(HttpServletRequest request) {
        return PresentedHeaders.credential(values(request, "Authorization"));
    }

    /**
     * Reads all lines of a header.
     *
     * @param request the request
     * @param name the header's name
     * @return its values in order
     */
    public static List<String> values(HttpServletRequest request, String name) {
        Enumeration<String> sent = request.getHeaders(name);
        if (!sent.hasMoreElements()) {
            return List.of();
        }
        String first = sent.nextElement();
        if (!sent.hasMoreElements()) {
            return List.of(first);
        }
        List<String> several = new ArrayList<>(List.of(first));
        sent.asIterator().forEachRemaining(several::add);
        return several;
    }

    private static String text(@Nullable String value) {
        return value == null ? "unknown" : value;
    }
}
