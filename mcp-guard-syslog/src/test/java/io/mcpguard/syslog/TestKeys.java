package io.mcpguard.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys made for one run of the tests: the receiver's, valid for localhost, and a sender's. */
final class TestKeys {

    private static final char[] PASSWORD = "of-this-test-only".toCharArray();

    private static @Nullable TestKeys made;

    private final Path folder;
    private final KeyStore receiver;
    private final KeyStore sender;

    private TestKeys(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        this.receiver = pair("receiver", "localhost");
        this.sender = pair("sender", "orders");
    }

    static synchronized TestKeys ofThisRun() throws IOException, InterruptedException, GeneralSecurityException {
        if (made == null) {
            made = new TestKeys(Files.createDirectories(Path.of("target", "test-keys")));
        }
        return made;
    }

    private KeyStore pair(String alias, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(alias + ".p12");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", alias, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name));
        command.addAll(
                List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        if (new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** What a receiver shows, and by what it knows the sender. */
    SSLContext receiving() throws GeneralSecurityException, IOException {
        return context(receiver, certificate(sender));
    }

    /** A sender that knows the receiver and has a certificate too. */
    SSLContext sending() throws GeneralSecurityException, IOException {
        return context(sender, certificate(receiver));
    }

    /** A sender that knows the receiver and has no certificate. */
    SSLContext sendingWithout() throws GeneralSecurityException, IOException {
        return context(null, certificate(receiver));
    }

    /** A sender that trusts somebody else. */
    SSLContext trustingOthers() throws GeneralSecurityException, IOException {
        return context(sender, certificate(sender));
    }

    /** The receiver's key, its certificate and that of the sender, for other programs. */
    byte[] pem(String name) throws GeneralSecurityException, IOException {
        return switch (name) {
            case "receiver.key" ->
                pem("PRIVATE KEY", receiver.getKey("receiver", PASSWORD).getEncoded());
            case "receiver.pem" -> pem("CERTIFICATE", certificate(receiver).getEncoded());
            case "sender.pem" -> pem("CERTIFICATE", certificate(sender).getEncoded());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] pem(String kind, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n").getBytes(US_ASCII);
    }

    private static Certificate certificate(KeyStore store) throws GeneralSecurityException {
        return Objects.requireNonNull(store.getCertificate(store.aliases().nextElement()));
    }

    private static SSLContext context(@Nullable KeyStore own, Certificate known)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("known", known);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keys(own), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(KeyStore own) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        return keys.getKeyManagers();
    }
}
