package io.mcpguard.servlet.exchange;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.Credential;
import io.mcpguard.invocation.CallOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a servlet request what the guard wants to know of it.
 *
 * @since 0.1
 */
public final class RequestReader {

    /** Request attribute that the container keeps a client's certificate chain in. */
    public static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Header that selects a client. */
    public static final String CLIENT_HEADER = "X-Client-ID";

    /** Header that selects a profile. */
    public static final String PROFILE_HEADER = "X-Profile-ID";

    private static final String KEY_PREFIX = "mcpg_";
    private static final int LONGEST_NOTE = 256;

    private RequestReader() {}

    /**
     * Reads where a request came from.
     *
     * @param request the request
     * @return its connection
     */
    public static CallOrigin origin(HttpServletRequest request) {
        Object certificates = request.getAttribute(CERTIFICATES);
        return new CallOrigin(
                text(request.getRemoteAddr()),
                request.getRemotePort(),
                text(request.getScheme()),
                request.isSecure(),
                text(request.getServerName()),
                request.getServerPort(),
                text(request.getLocalAddr()),
                request.getLocalPort(),
                certificates instanceof X509Certificate[] chain ? List.of(chain) : List.of());
    }

    /**
     * Reads what is known of a request before anybody is identified.
     *
     * @param channel the door
     * @param request the request, with the headers as they came in
     * @param clock the time of arrival
     * @return the facts, of which only the target is unknown
     */
    public static RequestFacts facts(Channel channel, HttpServletRequest request, InstantSource clock) {
        return new RequestFacts(
                channel,
                request.getMethod(),
                AuditTarget.unknown(),
                credential(request),
                header(request, CLIENT_HEADER),
                header(request, PROFILE_HEADER),
                new AuditSource(
                        text(request.getRemoteAddr()),
                        request.getRemotePort(),
                        note(request, "User-Agent"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        note(request, "traceparent")),
                clock.instant());
    }

    /**
     * Reads the one Authorization header.
     *
     * @param request the request
     * @return what was presented, or empty when there is none or there are several
     */
    public static Optional<Credential> credential(HttpServletRequest request) {
        List<String> values = values(request, "Authorization");
        if (values.size() != 1) {
            return Optional.empty();
        }
        String value = values.get(0).strip();
        int space = value.indexOf(' ');
        return space < 1
                ? Optional.empty()
                : Optional.of(new Credential(
                        value.substring(0, space).toLowerCase(Locale.ROOT),
                        value.substring(space + 1).strip()));
    }

    /**
     * Says whether a credential is of the form that the guard issues. Whether it is genuine is another question.
     *
     * @param credential what was presented
     * @return true when the service must neither see nor judge it
     */
    public static boolean isGuardIssued(Credential credential) {
        return credential.scheme().equals("bearer") && credential.reveal().startsWith(KEY_PREFIX);
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

    /** A header sent twice selects nothing that anybody could be entitled to: its values are joined. */
    private static Optional<String> header(HttpServletRequest request, String name) {
        List<String> values = values(request, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    private static Optional<String> note(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name))
                .map(value -> value.length() > LONGEST_NOTE ? value.substring(0, LONGEST_NOTE) : value);
    }

    private static String text(@Nullable String value) {
        return value == null ? "unknown" : value;
    }
}
