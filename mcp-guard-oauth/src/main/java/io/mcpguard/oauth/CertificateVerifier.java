package io.mcpguard.oauth;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Takes a client certificate for a credential, where a request has no {@code Authorization} header.
 *
 * <p>That the certificate comes from an authority which the service trusts, and that the client has its key, is for whoever ended
 * the TLS connection to check: the container, or a proxy that is trusted for it. Here it is read, and it must be valid now.
 *
 * @since 0.1
 */
public final class CertificateVerifier implements CredentialVerifier {

    /** What of a certificate names the caller. */
    public enum Name {
        /** The whole subject, as RFC 2253 writes it: {@code CN=robot-7,O=Example}. */
        SUBJECT,
        /** The one name of the kind DNS among the alternative names. */
        DNS,
        /** The one name of the kind URI among the alternative names, such as a SPIFFE id. */
        URI
    }

    private final Name name;
    private final Set<X500Principal> issuers;
    private final InstantSource clock;

    /**
     * Makes a verifier.
     *
     * @param name what names the caller; a certificate in which that is missing, or not the only one, is refused
     * @param issuers subjects of the authorities whose certificates name callers; empty for every authority that the server trusts
     * @param clock the time
     */
    public CertificateVerifier(Name name, Set<X500Principal> issuers, InstantSource clock) {
        this.name = Objects.requireNonNull(name, "name");
        this.issuers = Set.copyOf(issuers);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Verification verify(Credential credential, Presentation presentation) {
        if (!credential.scheme().equals(Credential.CERTIFICATE)) {
            return new Verification.NotMine();
        }
        String id = credential.reveal();
        Optional<X509Certificate> shown = presentation
                .certificate()
                .filter(certificate ->
                        Credential.ofCertificate(certificate).reveal().equals(id));
        if (shown.isEmpty()) {
            return new Verification.Rejected("", "certificate-missing");
        }
        X509Certificate certificate = shown.get();
        Instant now = clock.instant();
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return new Verification.Rejected(id, "certificate-not-yet-valid");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return new Verification.Rejected(id, "certificate-expired");
        }
        if (!issuers.isEmpty() && !issuers.contains(certificate.getIssuerX500Principal())) {
            return new Verification.Rejected(id, "certificate-of-another-issuer");
        }
        return nameOf(certificate)
                .<Verification>map(found -> new Established(
                        new Principal(found, Set.of(), Principal.Source.GUARD, id).withKind(CredentialKind.CERTIFICATE),
                        Optional.of(certificate.getNotAfter().toInstant())))
                .orElseGet(() -> new Verification.Rejected(id, "certificate-names-nobody"));
    }

    private Optional<String> nameOf(X509Certificate certificate) {
        String found = switch (name) {
            case SUBJECT -> certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            case DNS -> alternative(certificate, 2);
            case URI -> alternative(certificate, 6);
        };
        return Optional.of(found).filter(text -> !text.isBlank());
    }

    /** Finds the only name of a kind (RFC 5280 section 4.2.1.6); of two, one could be meant for something else. */
    private static String alternative(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> found = names == null
                    ? List.of()
                    : names.stream()
                            .filter(entry -> entry.get(0).equals(kind))
                            .map(entry -> String.valueOf(entry.get(1)))
                            .toList();
            return found.size() == 1 ? found.get(0) : "";
        } catch (CertificateParsingException e) {
            return "";
        }
    }
}
