package io.mcpguard.testkit.contract;

import io.mcpguard.invocation.HttpField;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One request as a service behind an {@link io.mcpguard.invocation.OperationInvoker} saw it, in the words of the HTTP message
 * and not of any server's API.
 *
 * @param method the method
 * @param rawPath the path as it came, not decoded
 * @param rawQuery the query as it came, without its question mark, when there was one
 * @param headers every header field line, in order
 * @param bodyBytes length of the body that was read
 * @param bodySha256 SHA-256 of the body that was read, 64 hexadecimal digits in lower case
 * @param remoteAddress the caller's IP address as the service sees it
 * @param remotePort the caller's port as the service sees it
 * @param scheme {@code http} or {@code https} as the service sees it
 * @param secure whether the service takes the connection for secure
 * @param serverName the host name the service thinks it was asked as
 * @param serverPort the port the service thinks it was asked at
 * @param clientCertificates the certificate chain the service sees, leaf first
 * @since 0.1
 */
public record SeenRequest(
        String method,
        String rawPath,
        Optional<String> rawQuery,
        List<HttpField> headers,
        long bodyBytes,
        String bodySha256,
        String remoteAddress,
        int remotePort,
        String scheme,
        boolean secure,
        String serverName,
        int serverPort,
        List<X509Certificate> clientCertificates) {

    public SeenRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(rawQuery, "rawQuery");
        headers = List.copyOf(headers);
        Objects.requireNonNull(bodySha256, "bodySha256");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(serverName, "serverName");
        clientCertificates = List.copyOf(clientCertificates);
    }

    /**
     * Finds the values of a header.
     *
     * @param name the field name, in any case
     * @return the values in order, empty when there is none
     */
    public List<String> header(String name) {
        return headers.stream()
                .filter(field -> field.isNamed(name))
                .map(HttpField::value)
                .toList();
    }
}
