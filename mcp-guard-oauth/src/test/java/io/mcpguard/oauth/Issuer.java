package io.mcpguard.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server on loopback: keys, metadata and introspection over real HTTP, and tokens as a test asks for them. */
final class Issuer implements AutoCloseable {

    static final String AUDIENCE = "https://api.example.com/mcp";
    static final URI HERE = URI.create(AUDIENCE);

    /** The issuer's own pair, once for all tests: making one takes seconds. */
    private static final RSAKey OWN = pair();

    private static final RSAKey STRANGER = pair();

    final SettableClock clock = new SettableClock(Instant.now());
    final List<JWK> published = new ArrayList<>();
    final AtomicInteger keyFetches = new AtomicInteger();
    final AtomicInteger questions = new AtomicInteger();
    final Map<String, String> known = new ConcurrentHashMap<>();
    final RSAKey key = new RSAKey.Builder(OWN).keyID("k1").build();
    volatile int status = 200;
    volatile Optional<byte[]> otherKeys = Optional.empty();
    volatile Optional<String> otherAnswer = Optional.empty();
    volatile String authorization = "";
    private final HttpServer server;

    Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        published.add(key);
        server.createContext("/as/jwks", this::keys);
        server.createContext("/as/introspect", this::introspect);
        server.createContext("/as/redirect", exchange -> {
            exchange.getResponseHeaders().set("Location", uri() + "/jwks");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext(
                "/as/.well-known/openid-configuration",
                exchange -> send(
                        exchange,
                        200,
                        ("{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/jwks\"}")
                                .getBytes(StandardCharsets.UTF_8)));
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/as");
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyFetches.incrementAndGet();
        byte[] body = otherKeys.orElseGet(
                () -> new JWKSet(List.copyOf(published)).toString(true).getBytes(StandardCharsets.UTF_8));
        send(exchange, status, body);
    }

    private void introspect(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = java.net.URLDecoder.decode(form.replaceAll("^token=([^&]*).*$", "$1"), StandardCharsets.UTF_8);
        String answer = otherAnswer.orElseGet(() -> known.getOrDefault(token, "{\"active\":false}"));
        send(exchange, status, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The server goes away; its port answers nobody. */
    @Override
    public void close() {
        server.stop(0);
    }

    TokenPolicy.Builder policy() {
        return TokenPolicy.builder(uri(), Set.of(AUDIENCE)).clock(clock);
    }

    JWTClaimsSet.Builder claims() {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .audience(AUDIENCE)
                .subject("ann")
                .claim("client_id", "claude")
                .claim("scope", "orders:read orders:write")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    String token(UnaryOperator<JWTClaimsSet.Builder> more) {
        return token(key, more.apply(claims()).build());
    }

    static String token(RSAKey key, JWTClaimsSet claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                claims,
                key);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWK key) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Credential bearer(String token) {
        return new Credential("bearer", token);
    }

    static Presentation post() {
        return Presentation.of("POST", Optional.of(HERE));
    }

    /** A pair that is not the issuer's first, under any id. */
    static RSAKey rsa(String id) {
        return new RSAKey.Builder(STRANGER).keyID(id).build();
    }

    private static RSAKey pair() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A proof of the holder of a key, as RFC 9449 section 4.2 asks for it. */
    JWTClaimsSet.Builder proof(String token) {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", "POST")
                .claim("htu", AUDIENCE)
                .issueTime(Date.from(clock.instant()))
                .claim("ath", TokenJudge.sha256(token));
    }

    static String proof(ECKey key, JWTClaimsSet claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                claims,
                key);
    }

    static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
