package io.mcpguard.invocation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * The connection on which the caller's own request arrived.
 *
 * <p>An invoker makes the inner request look as if it had come on this connection, so that address rules, scheme checks and
 * client certificates of the service see the caller and not the service itself.
 *
 * @param remoteAddress IP address of the caller as the container reports it
 * @param remotePort port of the caller, 0 when unknown
 * @param scheme {@code http} or {@code https}
 * @param secure whether the container calls the connection secure
 * @param serverName host name the caller asked for
 * @param serverPort port the caller asked for
 * @param localAddress IP address the service was reached at
 * @param localPort port the service was reached at
 * @param clientCertificates the certificate chain the caller presented, leaf first; empty when none
 * @since 0.1
 */
public record CallOrigin(
        String remoteAddress,
        int remotePort,
        String scheme,
        boolean secure,
        String serverName,
        int serverPort,
        String localAddress,
        int localPort,
        List<X509Certificate> clientCertificates) {

    public CallOrigin {
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(localAddress, "localAddress");
        clientCertificates = List.copyOf(clientCertificates);
    }
}
