package io.mcpguard.servlet.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Keys made for one test: the server's, a client's, and the store by which the server knows the client. */
public record TestKeys(Path server, Path client, Path trusted) {

    static final String PASSWORD = "of-this-test-only";

    /** Makes them in a folder. */
    public static TestKeys in(Path folder) throws IOException, InterruptedException {
        TestKeys keys =
                new TestKeys(folder.resolve("server.p12"), folder.resolve("client.p12"), folder.resolve("trusted.p12"));
        make(keys.server(), "server", "CN=api.example.com");
        make(keys.client(), "client", "CN=agent");
        Path certificate = folder.resolve("client.cer");
        keytool(keys.client(), "-exportcert", "-alias", "client", "-file", certificate.toString());
        keytool(keys.trusted(), "-importcert", "-noprompt", "-alias", "client", "-file", certificate.toString());
        return keys;
    }

    private static void make(Path store, String alias, String name) throws IOException, InterruptedException {
        keytool(store, "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", name, "-ext", "san=dns:localhost");
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException("keytool failed: " + arguments[0]);
        }
    }

    /** What the server shows, and by what it knows the client. */
    SSLContext serverContext() throws GeneralSecurityException, IOException {
        TrustManagerFactory known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        known.init(loaded(trusted));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(server), known.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static KeyStore loaded(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyManager[] keyManagers(Path file) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(loaded(file), PASSWORD.toCharArray());
        return own.getKeyManagers();
    }

    /** The certificate by which the client is known. */
    public X509Certificate clientCertificate() throws GeneralSecurityException, IOException {
        return (X509Certificate) loaded(client).getCertificate("client");
    }

    /** A client that has the client's key and trusts whatever server it meets. */
    public HttpClient httpClient() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(client), new TrustManager[] {new Anyone()}, new SecureRandom());
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
