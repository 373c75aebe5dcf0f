package io.mcpguard.credential;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;

/**
 * What a caller presented in the {@code Authorization} header, or by the certificate of its connection where there is no such
 * header.
 *
 * <p>Never logged, never audited, never compared with {@code equals}: a verifier reads {@link #reveal()} and compares in
 * constant time. On purpose neither a record nor serializable.
 *
 * @since 0.1
 */
public final class Credential {

    /** Scheme of {@link #ofCertificate}. No header can have it: it is not a scheme of HTTP. */
    public static final String CERTIFICATE = "certificate";

    private final String scheme;
    private final String value;

    /**
     * Wraps what was presented.
     *
     * @param scheme authentication scheme in lower case, such as {@code bearer} or {@code basic}
     * @param value everything behind the scheme, without surrounding white space
     */
    public Credential(String scheme, String value) {
        this.scheme = Objects.requireNonNull(scheme, "scheme");
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * What a caller presents that shows a certificate and sends no {@code Authorization} header.
     *
     * @param certificate the caller's own certificate
     * @return a credential of the scheme {@value #CERTIFICATE}, whose value is the certificate's SHA-256 thumbprint as RFC 8705
     *     section 3.1 writes it
     * @throws IllegalArgumentException when the certificate has no encoding
     */
    public static Credential ofCertificate(X509Certificate certificate) {
        try {
            byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Credential(
                    CERTIFICATE, Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Returns the authentication scheme.
     *
     * @return the scheme in lower case
     */
    public String scheme() {
        return scheme;
    }

    /**
     * Returns the secret itself. Only a verifier calls this.
     *
     * @return the value behind the scheme
     */
    public String reveal() {
        return value;
    }

    /** A fixed word, so that a credential that reaches a log line reveals nothing. */
    @Override
    public String toString() {
        return "Credential[hidden]";
    }
}
