package io.mcpguard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.testkit.ClientCertificates;
import io.mcpguard.verification.ReplayStore;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import io.mcpguard.verification.Verification.Rejected;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are of no use to whoever has stolen them. */
class BoundTokenTest {

    private final Issuer issuer = new Issuer();
    private final ReplayStore replays = ReplayStore.inMemory(1000, issuer.clock);
    private final JwtVerifier verifier =
            JwtVerifier.builder(issuer.policy().replays(replays).build()).build();
    private final ECKey key = Issuer.ec();
    private final String token = issuer.token(claims -> claims.claim("cnf", Map.of("jkt", Issuer.thumbprint(key))));

    @AfterEach
    void stop() {
        verifier.close();
        issuer.close();
    }

    private Verification dpop(String... proofs) {
        return verifier.verify(new Credential("dpop", token), Issuer.post().withProofs(List.of(proofs)));
    }

    private String refusal(UnaryOperator<JWTClaimsSet.Builder> proof) {
        Verification answer =
                dpop(Issuer.proof(key, proof.apply(issuer.proof(token)).build()));
        assertThat(answer).isInstanceOf(Rejected.class);
        return ((Rejected) answer).detail();
    }

    private static String detail(Verification answer) {
        return ((Rejected) answer).detail();
    }

    @Test
    void the_holder_of_the_key_is_let_in_and_a_thief_of_the_token_is_not() {
        assertThat(dpop(Issuer.proof(key, issuer.proof(token).build()))).isInstanceOf(Established.class);

        ECKey own = Issuer.ec();
        assertThat(detail(dpop(Issuer.proof(own, issuer.proof(token).build())))).isEqualTo("proof-by-another-key");
        assertThat(detail(dpop())).isEqualTo("proof-missing");
        assertThat(detail(verifier.verify(Issuer.bearer(token), Issuer.post()))).isEqualTo("proof-missing");
        assertThat(detail(verifier.verify(
                        Issuer.bearer(token),
                        Issuer.post()
                                .withProofs(List.of(
                                        Issuer.proof(key, issuer.proof(token).build()))))))
                .isEqualTo("proof-missing");
    }

    @Test
    void a_proof_is_good_once_on_every_node() {
        String proof = Issuer.proof(key, issuer.proof(token).build());
        try (JwtVerifier otherNode =
                JwtVerifier.builder(issuer.policy().replays(replays).build()).build()) {
            assertThat(dpop(proof)).isInstanceOf(Established.class);

            assertThat(detail(dpop(proof))).isEqualTo("proof-replayed");
            assertThat(detail(otherNode.verify(
                            new Credential("dpop", token), Issuer.post().withProofs(List.of(proof)))))
                    .isEqualTo("proof-replayed");
        }
        issuer.clock.advance(Duration.ofSeconds(91));
        assertThat(detail(dpop(proof))).isEqualTo("proof-too-old");
    }

    @Test
    void a_stream_goes_on_without_its_proof_until_the_token_ends() {
        Presentation presentation = Issuer.post()
                .withProofs(List.of(Issuer.proof(key, issuer.proof(token).build())));
        Credential credential = new Credential("dpop", token);
        assertThat(verifier.verify(credential, presentation)).isInstanceOf(Established.class);

        issuer.clock.advance(Duration.ofSeconds(200));
        assertThat(verifier.verify(credential, presentation.ongoing())).isInstanceOf(Established.class);

        issuer.clock.advance(Duration.ofSeconds(200));
        assertThat(detail(verifier.verify(credential, presentation.ongoing()))).isEqualTo("token-expired");
    }

    @Test
    void a_proof_is_for_this_request_and_this_token_now() {
        Date old = Date.from(issuer.clock.instant().minusSeconds(91));
        Date early = Date.from(issuer.clock.instant().plusSeconds(32));

        assertThat(refusal(proof -> proof.claim("htm", "GET"))).isEqualTo("proof-for-another-method");
        assertThat(refusal(proof -> proof.claim("htm", "post"))).isEqualTo("proof-for-another-method");
        for (String elsewhere : List.of(
                "https://api.example.com/other",
                "https://evil.example.com/mcp",
                "http://api.example.com/mcp",
                "https://api.example.com:8443/mcp",
                "https://api.example.com/mcp/",
                "/mcp")) {
            assertThat(refusal(proof -> proof.claim("htu", elsewhere))).isEqualTo("proof-for-another-address");
        }
        assertThat(refusal(proof -> proof.claim("ath", TokenJudge.sha256("another token"))))
                .isEqualTo("proof-for-another-token");
        assertThat(refusal(proof -> proof.claim("ath", null))).isEqualTo("proof-for-another-token");
        assertThat(refusal(proof -> proof.issueTime(old))).isEqualTo("proof-too-old");
        assertThat(refusal(proof -> proof.issueTime(early))).isEqualTo("proof-too-old");
        assertThat(refusal(proof -> proof.issueTime(null))).isEqualTo("proof-malformed");
        assertThat(refusal(proof -> proof.jwtID(null))).isEqualTo("proof-malformed");
        assertThat(dpop(Issuer.proof(
                        key,
                        issuer.proof(token)
                                .claim("htu", "HTTPS://API.example.com:443/mcp?x=1#y")
                                .build())))
                .isInstanceOf(Established.class);
    }

    @Test
    void a_proof_that_is_none_is_refused() {
        JWTClaimsSet claims = issuer.proof(token).build();
        String good = Issuer.proof(key, claims);
        String other = Issuer.proof(key, issuer.proof(token).build());
        JOSEObjectType type = new JOSEObjectType("dpop+jwt");

        assertThat(detail(dpop(good, other))).isEqualTo("proof-repeated");
        assertThat(detail(dpop(good + "," + other))).isEqualTo("proof-malformed");
        assertThat(detail(dpop("nonsense"))).isEqualTo("proof-malformed");
        assertThat(detail(dpop("a".repeat(10_000)))).isEqualTo("proof-malformed");
        assertThat(detail(dpop(token))).isEqualTo("proof-malformed");
        assertThat(detail(dpop(good.substring(0, good.length() - 8) + "AAAAAAAA")))
                .isEqualTo("proof-signature-invalid");
        assertThat(detail(dpop(Issuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).build(), claims, key))))
                .isEqualTo("proof-malformed");
        assertThat(detail(dpop(Issuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(JOSEObjectType.JWT)
                                .jwk(key.toPublicJWK())
                                .build(),
                        claims,
                        key))))
                .isEqualTo("proof-malformed");
        assertThat(dpop(good)).isInstanceOf(Established.class);
    }

    @Test
    void an_unbound_token_is_no_dpop_token_and_may_be_refused_altogether() {
        String unbound = issuer.token(same -> same);
        assertThat(detail(verifier.verify(
                        new Credential("dpop", unbound),
                        Issuer.post()
                                .withProofs(List.of(
                                        Issuer.proof(key, issuer.proof(unbound).build()))))))
                .isEqualTo("token-not-bound");

        try (JwtVerifier strict = JwtVerifier.builder(
                        issuer.policy().bindingRequired(true).build())
                .build()) {
            assertThat(detail(strict.verify(Issuer.bearer(unbound), Issuer.post())))
                    .isEqualTo("token-not-bound");
        }
    }

    @Test
    void where_no_public_address_is_configured_no_proof_is_good() {
        Presentation nowhere = Presentation.of("POST", Optional.empty())
                .withProofs(List.of(Issuer.proof(key, issuer.proof(token).build())));

        assertThat(detail(verifier.verify(new Credential("dpop", token), nowhere)))
                .isEqualTo("public-url-not-configured");
    }

    @Test
    void a_replay_store_that_does_not_answer_lets_nobody_in() {
        ReplayStore down = (used, until) -> {
            throw new StoreUnavailableException("the replay store is down", null);
        };
        try (JwtVerifier blind =
                JwtVerifier.builder(issuer.policy().replays(down).build()).build()) {
            assertThatThrownBy(() -> blind.verify(
                            new Credential("dpop", token),
                            Issuer.post()
                                    .withProofs(List.of(Issuer.proof(
                                            key, issuer.proof(token).build())))))
                    .isInstanceOf(VerifierUnavailableException.class);
        }
    }

    @Test
    void a_token_of_a_certificate_needs_that_certificate() {
        String bound = issuer.token(claims -> claims.claim(
                "cnf",
                Map.of(
                        "x5t#S256",
                        Credential.ofCertificate(ClientCertificates.robot7()).reveal())));
        Credential credential = Issuer.bearer(bound);

        assertThat(verifier.verify(credential, Issuer.post().withCertificate(ClientCertificates.robot7())))
                .isInstanceOf(Established.class);
        assertThat(detail(verifier.verify(credential, Issuer.post().withCertificate(ClientCertificates.robot8()))))
                .isEqualTo("certificate-wrong");
        assertThat(detail(verifier.verify(credential, Issuer.post()))).isEqualTo("certificate-missing");
        assertThat(detail(verifier.verify(credential, Issuer.post().ongoing()))).isEqualTo("certificate-missing");
    }

    @Test
    void a_binding_that_is_not_understood_is_never_passed_over() {
        for (Object odd :
                List.of("x", 7, Map.of(), Map.of("kid", "x"), Map.of("jwk", Map.of("kty", "EC")), Map.of("x5t", "x"))) {
            assertThat(detail(verifier.verify(
                            Issuer.bearer(issuer.token(claims -> claims.claim("cnf", odd))), Issuer.post())))
                    .isEqualTo("confirmation-unknown");
        }
        Map<String, Object> both = new HashMap<>(Map.of("jkt", Issuer.thumbprint(key), "x5t#S256", "wrong"));
        String twice = issuer.token(claims -> claims.claim("cnf", both));
        assertThat(detail(verifier.verify(
                        new Credential("dpop", twice),
                        Issuer.post()
                                .withCertificate(ClientCertificates.robot7())
                                .withProofs(List.of(
                                        Issuer.proof(key, issuer.proof(twice).build()))))))
                .isEqualTo("certificate-wrong");
    }
}
