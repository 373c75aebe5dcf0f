package io.mcpguard.core.door;

import io.mcpguard.profile.AddressRange;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The header in which a proxy that ends TLS hands on the certificate of its client.
 *
 * <p>Two forms are read: that of RFC 9440 ({@code Client-Cert: :BASE64:}), and PEM with URL encoding, as nginx and others send it.
 * From anybody but the proxies named here the header says nothing, and from them it must replace what a client has sent.
 *
 * @param name name of the header
 * @param proxies addresses of the proxies; not empty
 * @since 0.1
 */
public record CertificateHeader(String name, List<AddressRange> proxies) {

    private static final int MOST_CHARACTERS = 1 << 15;
    private static final String PEM = "-----BEGIN CERTIFICATE-----";

    public CertificateHeader {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the header has a name");
        }
        proxies = List.copyOf(proxies);
        if (proxies.isEmpty()) {
            throw new IllegalArgumentException("without a proxy nobody's header could be trusted");
        }
    }

    /** Says whether a connection comes from a proxy, whose own certificate is not that of the caller. */
    boolean isFrom(String remoteAddress) {
        return proxies.stream().anyMatch(range -> range.contains(remoteAddress));
    }

    /** Reads the certificate. What cannot be read, or stands there twice, is none. */
    Optional<X509Certificate> read(List<String> values) {
        if (values.size() != 1 || values.get(0).length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String value = values.get(0).strip();
        try {
            byte[] encoded = value.length() > 2 && value.startsWith(":") && value.endsWith(":")
                    ? Base64.getDecoder().decode(value.substring(1, value.length() - 1))
                    : pem(value);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (IllegalArgumentException | CertificateException e) {
            return Optional.empty();
        }
    }

    /** A plus sign belongs to the base64 and is no space, however the proxy has encoded the rest. */
    private static byte[] pem(String value) throws CertificateException {
        String text = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII);
        if (!text.startsWith(PEM)) {
            throw new CertificateException("neither RFC 9440 nor PEM");
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
