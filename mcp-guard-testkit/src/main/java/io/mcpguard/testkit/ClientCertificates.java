package io.mcpguard.testkit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * Certificates as clients show them, for tests of what is bound to one. Nobody has their private keys any more.
 *
 * @since 0.1
 */
public final class ClientCertificates {

    /** The certificate of {@link #robot7()} in PEM. */
    public static final String ROBOT_7 = """
            -----BEGIN CERTIFICATE-----
            MIIB4DCCAYWgAwIBAgIUBkXMeXG279hoO8x9V4u2X0QqElcwCgYIKoZIzj0EAwIw
            JDEQMA4GA1UEAwwHcm9ib3QtNzEQMA4GA1UECgwHRXhhbXBsZTAgFw0yNjExMjMx
            NDIyNTJaGA8yMTI2MTAzMDE0MjI1MlowJDEQMA4GA1UEAwwHcm9ib3QtNzEQMA4G
            A1UECgwHRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDuyRsWVPVHs
            nb3XfwyP6EUvawpg3o0Gtx3SN/8MMUhp4fpviuspjHgJNpZXTNMtVJ12oX6cNucY
            X9PGTnApQV6jgZIwgY8wHQYDVR0OBBYEFCaM8/V0JFZVbrIB0ghrVLf3ggMDMB8G
            A1UdIwQYMBaAFCaM8/V0JFZVbrIB0ghrVLf3ggMDMA8GA1UdEwEB/wQFMAMBAf8w
            PAYDVR0RBDUwM4ITcm9ib3QtNy5leGFtcGxlLmNvbYYcc3BpZmZlOi8vZXhhbXBs
            ZS5jb20vcm9ib3QtNzAKBggqhkjOPQQDAgNJADBGAiEA4aKDjI/IpQU0mb8BOpDQ
            aSpV3ATxrnCm6GCEs6+rtg8CIQCj+LN/W5IgWdcO6NBy0Jpro4FhH2fTUaxw5Brq
            4qwTdg==
            -----END CERTIFICATE-----
            """;

    private static final String ROBOT_8 = """
            -----BEGIN CERTIFICATE-----
            MIIBwDCCAWWgAwIBAgIUWo9RrAPUAdzjuA0H7ZGH58T69uMwCgYIKoZIzj0EAwIw
            JDEQMA4GA1UEAwwHcm9ib3QtODEQMA4GA1UECgwHRXhhbXBsZTAgFw0yNjExMjMx
            NDI0NDRaGA8yMTI2MTAzMDE0MjQ0NFowJDEQMA4GA1UEAwwHcm9ib3QtODEQMA4G
            A1UECgwHRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGw2/JIgdMMO
            5W7KegepsChRVojlURc/jPLLzDOi4CwzfhWnyu/QG1INnaWu3c9s5y0uh76BX7uv
            6sPas/nAkpajczBxMB0GA1UdDgQWBBR3dWw0zuc7JIZr0ZjY9Vz+llFr2DAfBgNV
            HSMEGDAWgBR3dWw0zuc7JIZr0ZjY9Vz+llFr2DAPBgNVHRMBAf8EBTADAQH/MB4G
            A1UdEQQXMBWCE3JvYm90LTguZXhhbXBsZS5jb20wCgYIKoZIzj0EAwIDSQAwRgIh
            AMHXVqd63WXi31IfW43ajBZMEDBKqj1BbuxH3aJ4wbiyAiEA/e+5uk8SjPTZ0gJn
            pCtb++CzlJZSEYarti6t2hom9as=
            -----END CERTIFICATE-----
            """;

    private ClientCertificates() {}

    /**
     * A certificate of {@code CN=robot-7, O=Example}, with the names {@code robot-7.example.com} and
     * {@code spiffe://example.com/robot-7}.
     *
     * @return the certificate
     */
    public static X509Certificate robot7() {
        return read(ROBOT_7);
    }

    /**
     * A certificate of {@code CN=robot-8, O=Example}, with the name {@code robot-8.example.com}.
     *
     * @return the certificate
     */
    public static X509Certificate robot8() {
        return read(ROBOT_8);
    }

    private static X509Certificate read(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate is a constant", e);
        }
    }
}
