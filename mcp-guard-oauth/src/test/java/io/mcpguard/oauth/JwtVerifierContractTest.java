package io.mcpguard.oauth;

import com.nimbusds.jose.jwk.ECKey;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.testkit.contract.CredentialVerifierContract;
import io.mcpguard.verification.CredentialVerifier;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The contract over signed tokens that are bound to a key. */
class JwtVerifierContractTest extends CredentialVerifierContract {

    private final Issuer issuer = new Issuer();
    private final ECKey key = Issuer.ec();
    private final JwtVerifier verifier =
            JwtVerifier.builder(issuer.policy().build()).build();
    private final JwtVerifier unreachable = JwtVerifier.builder(
                    TokenPolicy.builder(issuer.uri(), java.util.Set.of(Issuer.AUDIENCE))
                            .build())
            .keys(java.net.URI.create("http://127.0.0.1:1/jwks"))
            .build();
    private final Credential valid = new Credential(
            "dpop", issuer.token(claims -> claims.jwtID("t-1").claim("cnf", Map.of("jkt", Issuer.thumbprint(key)))));
    private final Map<String, Credential> bad = Map.of(
            "unknown",
                    Issuer.bearer(Issuer.token(Issuer.rsa("k1"), issuer.claims().build())),
            "altered", Issuer.bearer(valid.reveal().substring(0, valid.reveal().length() - 9) + "AAAAAAAAA"),
            "expired",
                    Issuer.bearer(issuer.token(claims -> claims.expirationTime(
                            Date.from(issuer.clock.instant().minusSeconds(60))))));

    @AfterEach
    void stop() {
        verifier.close();
        unreachable.close();
        issuer.close();
    }

    @Override
    protected CredentialVerifier verifier() {
        return verifier;
    }

    @Override
    protected CredentialVerifier unreachableVerifier() {
        return unreachable;
    }

    @Override
    protected Credential valid() {
        return valid;
    }

    @Override
    protected Optional<String> validName() {
        return Optional.of("ann");
    }

    @Override
    protected Presentation presenting(Credential credential) {
        return Issuer.post()
                .withProofs(List.of(
                        Issuer.proof(key, issuer.proof(credential.reveal()).build())));
    }

    @Override
    protected Map<String, Presentation> unproven() {
        return Map.of(
                "no proof",
                Issuer.post(),
                "a proof of another key",
                Issuer.post()
                        .withProofs(List.of(Issuer.proof(
                                Issuer.ec(), issuer.proof(valid.reveal()).build()))));
    }

    @Override
    protected Map<String, Credential> bad() {
        return bad;
    }

    /** A signed token cannot be taken back; it ends. */
    @Override
    protected void revokeValid() {
        issuer.clock.advance(Duration.ofMinutes(10));
    }

    @Override
    protected String secretOf(Credential credential) {
        return credential.reveal().substring(credential.reveal().lastIndexOf('.') + 1);
    }

    @Override
    protected List<Credential> foreign() {
        return List.of(
                new Credential("basic", "YW5uOnNlY3JldA=="),
                new Credential("bearer", "0b79bab50daca910b000d4f1a2b675d604257e42"),
                new Credential("bearer", "mcpg_live_abcdefgh_0123456789"),
                new Credential("bearer", ""),
                new Credential("certificate", "DgWUkMp50KwUFlMN0yYqtDMBObL0"),
                new Credential("negotiate", "YII="));
    }
}
