package io.mcpguard.credential;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a credential was presented: what a sender-constrained one is checked against (RFC 8705, RFC 9449).
 *
 * <p>Holds nothing that the caller could choose about the service: the address is the configured one, the certificate that of
 * the connection or of a trusted proxy. Proofs are single-use secrets of a kind and appear in no log; on purpose neither a record
 * nor serializable.
 *
 * @since 0.1
 */
public final class Presentation {

    private static final Presentation NONE = new Presentation("", Optional.empty(), List.of(), Optional.empty(), false);

    private final String method;
    private final Optional<URI> uri;
    private final List<String> proofs;
    private final Optional<X509Certificate> certificate;
    private final boolean ongoing;

    private Presentation(
            String method,
            Optional<URI> uri,
            List<String> proofs,
            Optional<X509Certificate> certificate,
            boolean ongoing) {
        this.method = Objects.requireNonNull(method, "method");
        this.uri = uri;
        this.proofs = List.copyOf(proofs);
        this.certificate = certificate;
        this.ongoing = ongoing;
    }

    /**
     * A presentation that proves nothing: every credential that is bound to its sender fails with it.
     *
     * @return a presentation without address, proof and certificate
     */
    public static Presentation none() {
        return NONE;
    }

    /**
     * A presentation in an HTTP request.
     *
     * @param method HTTP method as sent
     * @param uri address of the request as the caller knows it, from configuration; empty when none is configured
     * @return a presentation without proof and certificate
     */
    public static Presentation of(String method, Optional<URI> uri) {
        return new Presentation(method, uri, List.of(), Optional.empty(), false);
    }

    /**
     * Adds the proofs of possession.
     *
     * @param sent every value of the {@code DPoP} header, in order
     * @return a copy with these proofs
     */
    public Presentation withProofs(List<String> sent) {
        return new Presentation(method, uri, sent, certificate, ongoing);
    }

    /**
     * Adds the client certificate.
     *
     * @param leaf the caller's own certificate, of which whoever ended the TLS connection has seen the private key used
     * @return a copy with this certificate
     */
    public Presentation withCertificate(X509Certificate leaf) {
        return new Presentation(method, uri, proofs, Optional.of(leaf), ongoing);
    }

    /**
     * The same request later, while its answer goes on. Its proof has been accepted once and is not asked for again: it may be too
     * old by now and has been used. Whether the credential itself is still good is asked.
     *
     * @return a copy for which {@link #isOngoing()} holds
     */
    public Presentation ongoing() {
        return new Presentation(method, uri, proofs, certificate, true);
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method as sent; empty text when there is no request
     */
    public String method() {
        return method;
    }

    /**
     * Returns the address that the caller sent the request to.
     *
     * @return the public address, from configuration and never from what the request says; empty when none is configured
     */
    public Optional<URI> uri() {
        return uri;
    }

    /**
     * Returns the proofs of possession.
     *
     * @return every value of the {@code DPoP} header, in order; more than one is to be refused
     */
    public List<String> proofs() {
        return proofs;
    }

    /**
     * Returns the caller's certificate.
     *
     * @return the leaf, or empty when the connection has none
     */
    public Optional<X509Certificate> certificate() {
        return certificate;
    }

    /**
     * Says whether this request has been let in already.
     *
     * @return true when only the credential itself is to be checked again, not the proof that came with it
     */
    public boolean isOngoing() {
        return ongoing;
    }

    /** A fixed word, so that a proof reaches no log line. */
    @Override
    public String toString() {
        return "Presentation[hidden]";
    }
}
