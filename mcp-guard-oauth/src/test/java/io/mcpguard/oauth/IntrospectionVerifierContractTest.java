package io.mcpguard.oauth;

import io.mcpguard.credential.Credential;
import io.mcpguard.testkit.contract.CredentialVerifierContract;
import io.mcpguard.verification.CredentialVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The contract over tokens that the authorization server is asked about. */
class IntrospectionVerifierContractTest extends CredentialVerifierContract {

    private static final String TOKEN = "0b79bab50daca910b000d4f1a2b675d604257e42";

    private final Issuer issuer = new Issuer();
    private final CredentialVerifier verifier = at(URI.create(issuer.uri() + "/introspect"));

    IntrospectionVerifierContractTest() {
        issuer.known.put(
                TOKEN, "{\"active\":true,\"sub\":\"ann\",\"jti\":\"o-1\",\"aud\":\"" + Issuer.AUDIENCE + "\"}");
        issuer.known.put("tok-of-another-service", "{\"active\":true,\"sub\":\"ann\",\"aud\":\"https://other\"}");
    }

    private CredentialVerifier at(URI endpoint) {
        return IntrospectionVerifier.builder(issuer.policy().build(), endpoint, "orders-api", "secret")
                .build();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Override
    protected CredentialVerifier verifier() {
        return verifier;
    }

    @Override
    protected CredentialVerifier unreachableVerifier() {
        return at(URI.create("http://127.0.0.1:1/introspect"));
    }

    @Override
    protected Credential valid() {
        return Issuer.bearer(TOKEN);
    }

    @Override
    protected Optional<String> validName() {
        return Optional.of("ann");
    }

    @Override
    protected Map<String, Credential> bad() {
        return Map.of(
                "unknown", Issuer.bearer("1c79bab50daca910b000d4f1a2b675d604257e42"),
                "of another service", Issuer.bearer("tok-of-another-service"));
    }

    /** Taken back at the authorization server; what it said before counts for 30 seconds at most. */
    @Override
    protected void revokeValid() {
        issuer.known.remove(TOKEN);
        issuer.clock.advance(Duration.ofSeconds(30));
    }

    @Override
    protected String secretOf(Credential credential) {
        return credential.reveal();
    }

    @Override
    protected List<Credential> foreign() {
        return List.of(
                new Credential("basic", "YW5uOnNlY3JldA=="),
                new Credential("bearer", "mcpg_live_abcdefgh_0123456789"),
                new Credential("bearer", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"),
                new Credential("bearer", ""),
                new Credential("certificate", "DgWUkMp50KwUFlMN0yYqtDMBObL0"));
    }
}
