package io.mcpguard.loopback;

import io.mcpguard.invocation.CallOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the service's own ports speak TLS, and by which certificate.
 *
 * <p>A request may call itself {@code https} although its port speaks plain HTTP behind a proxy that ends TLS, so the port is
 * asked once. The certificate it then shows is the only one trusted afterwards: the address is the one on which this very
 * service accepted the caller's connection, and a name check would fail, since nobody issues certificates for it.
 */
final class OwnPorts {

    private static final Logger LOG = LoggerFactory.getLogger(OwnPorts.class);
    private static final int PROBE_MILLIS = 2000;

    private record Port(String address, int number) {}

    private final Executor threads;
    private final Map<Port, CompletableFuture<String>> schemes = new ConcurrentHashMap<>();
    private final Map<Port, Certificate> certificates = new ConcurrentHashMap<>();

    OwnPorts(Executor threads) {
        this.threads = threads;
    }

    /** Says by which scheme to call the port that a caller's request arrived at. */
    CompletionStage<String> scheme(CallOrigin origin) {
        if ("http".equals(origin.scheme())) {
            return CompletableFuture.completedStage("http");
        }
        return schemes.computeIfAbsent(portOf(origin), port -> CompletableFuture.supplyAsync(() -> ask(port), threads));
    }

    /** Asks again before the next call: the certificate may have been renewed. */
    void forget(CallOrigin origin) {
        schemes.remove(portOf(origin));
    }

    private static Port portOf(CallOrigin origin) {
        return new Port(origin.localAddress(), origin.localPort());
    }

    private String ask(Port port) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(InetAddress.getByName(port.address()), port.number()), PROBE_MILLIS);
            plain.setSoTimeout(PROBE_MILLIS);
            SSLContext any = SSLContext.getInstance("TLS");
            any.init(null, new TrustManager[] {new Shown(false)}, new SecureRandom());
            try (SSLSocket socket =
                    (SSLSocket) any.getSocketFactory().createSocket(plain, port.address(), port.number(), false)) {
                socket.startHandshake();
                certificates.put(port, socket.getSession().getPeerCertificates()[0]);
                return "https";
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.debug("Port {} does not speak TLS; a proxy in front of it does", port.number(), e);
            return "http";
        }
    }

    /** Trusts what the service's own ports have shown, and nothing else. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Shown(true)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Extended on purpose: for others the platform adds a check of the host name. */
    private final class Shown extends X509ExtendedTrustManager {

        private final boolean known;

        /** Takes a certificate that has been shown before, or, to learn it, any. */
        Shown(boolean known) {
            this.known = known;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (known && (chain.length == 0 || !certificates.containsValue(chain[0]))) {
                throw new CertificateException("this is not the certificate of the service's own port");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("the guard accepts no connections");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("the guard accepts no connections");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("the guard accepts no connections");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
