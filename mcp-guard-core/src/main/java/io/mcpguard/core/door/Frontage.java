package io.mcpguard.core.door;

import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands in front of the service, as configured: the address that clients know it by, and the proxies that speak for them.
 * Nothing of it is ever taken from a request.
 *
 * @since 0.1
 */
public final class Frontage {

    private static final Frontage NONE = new Frontage(Optional.empty(), Optional.empty());
    private static final String PROOFS = "DPoP";

    private final Optional<URI> publicUrl;
    private final Optional<CertificateHeader> certificates;

    /**
     * Says what stands in front of a service.
     *
     * @param publicUrl what clients put in front of the service's paths, such as {@code https://api.example.com}; without it no
     *     token that is bound by DPoP can be accepted
     * @param certificates where proxies hand on client certificates; empty when the service's own port ends TLS
     * @throws ConfigurationException when the address is none that clients could safely use
     */
    public Frontage(Optional<URI> publicUrl, Optional<CertificateHeader> certificates) {
        this.publicUrl = publicUrl.map(Frontage::checked);
        this.certificates = certificates;
    }

    /**
     * A service of which nothing is known from outside.
     *
     * @return a frontage without address and proxies
     */
    public static Frontage none() {
        return NONE;
    }

    private static URI checked(URI url) {
        String subject = "The public URL " + url;
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new ConfigurationException(subject, "it is no web address; write it like https://api.example.com");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new ConfigurationException(subject, "it ends before '?' and '#' and names no user; leave those out");
        }
        if (scheme.equals("http") && !isLoopback(url)) {
            throw new ConfigurationException(
                    subject, "tokens would cross the network in clear; use https, or a loopback name for trials");
        }
        String text = scheme + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT) + url.getRawPath();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /**
     * Says whether an address stays on this machine.
     *
     * @param url the address
     * @return true for {@code localhost} and the loopback addresses; names are not looked up
     */
    public static boolean isLoopback(URI url) {
        String host = url.getHost();
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.matches("127(\\.[0-9]{1,3}){3}")
                        || host.equals("[::1]"));
    }

    /**
     * Returns what clients put in front of the service's paths.
     *
     * @return the address without a slash at its end, scheme and host in lower case; empty when it is not configured
     */
    public Optional<URI> publicUrl() {
        return publicUrl;
    }

    /**
     * Reads how a request presents its credential.
     *
     * @param method HTTP method as sent
     * @param rawPath percent-encoded path from the root of the service's port
     * @param headers finds the values of a header as it came in, in order
     * @param remoteAddress address that the connection comes from
     * @param chain certificates of the connection, leaf first
     * @return the presentation
     */
    public Presentation presentation(
            String method,
            String rawPath,
            Function<String, List<String>> headers,
            String remoteAddress,
            List<X509Certificate> chain) {
        Presentation presented = Presentation.of(method, publicUrl.flatMap(url -> below(url, rawPath)))
                .withProofs(headers.apply(PROOFS));
        Optional<X509Certificate> certificate = certificates
                .filter(header -> header.isFrom(remoteAddress))
                .map(header -> header.read(headers.apply(header.name())))
                .orElseGet(() -> chain.stream().findFirst());
        return certificate.map(presented::withCertificate).orElse(presented);
    }

    private static Optional<URI> below(URI url, String rawPath) {
        try {
            return Optional.of(URI.create(url + rawPath));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
