package io.mcpguard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Principal;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import io.mcpguard.verification.Verification.NotMine;
import io.mcpguard.verification.Verification.Rejected;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

    private final Issuer issuer = new Issuer();
    private final JwtVerifier verifier =
            JwtVerifier.builder(issuer.policy().build()).build();

    @AfterEach
    void stop() {
        verifier.close();
        issuer.close();
    }

    private Verification verify(String token) {
        return verifier.verify(Issuer.bearer(token), Issuer.post());
    }

    private String detail(String token) {
        return ((Rejected) verify(token)).detail();
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("k1");
    }

    @Test
    void a_token_of_the_issuer_for_this_service_establishes_its_subject() {
        Instant expires =
                Instant.ofEpochSecond(issuer.clock.instant().plusSeconds(300).getEpochSecond());

        Established established =
                (Established) verify(issuer.token(claims -> claims.jwtID("t-1").expirationTime(Date.from(expires))));

        assertThat(established.expiresAt()).contains(expires);
        assertThat(established.principal())
                .isEqualTo(new Principal(
                        "ann",
                        Set.of(),
                        Principal.Source.GUARD,
                        "t-1",
                        CredentialKind.JWT,
                        Set.of("orders:read", "orders:write"),
                        Map.of()));
    }

    @Test
    void claims_are_read_where_configuration_says() {
        TokenPolicy policy = issuer.policy()
                .claims(ClaimMapping.builder()
                        .principal("preferred.login")
                        .roles("realm_access.roles")
                        .keep(Set.of("https://example.com/tenant", "level", "missing"))
                        .build())
                .build();
        try (JwtVerifier mapped = JwtVerifier.builder(policy).build()) {
            String token = issuer.token(claims -> claims.claim("preferred", Map.of("login", "ann7"))
                    .claim("realm_access", Map.of("roles", List.of("buyer", "viewer", Map.of("x", "y"))))
                    .claim("https://example.com/tenant", "red")
                    .claim("level", 3)
                    .claim("secret", "nobody asked for it"));

            Principal principal = ((Established) mapped.verify(Issuer.bearer(token), Issuer.post())).principal();

            assertThat(principal.name()).isEqualTo("ann7");
            assertThat(principal.roles()).containsExactlyInAnyOrder("buyer", "viewer");
            assertThat(principal.claims())
                    .isEqualTo(Map.of("https://example.com/tenant", Set.of("red"), "level", Set.of("3")));
        }
    }

    @Test
    void what_the_claims_say_of_somebody_else_is_refused() {
        Instant now = issuer.clock.instant();
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
        wrong.put("audience-wrong", claims -> claims.audience("https://other.example.com/mcp"));
        wrong.put("issuer-wrong", claims -> claims.issuer(issuer.uri() + "/"));
        wrong.put("token-expired", claims -> claims.expirationTime(Date.from(now.minusSeconds(31))));
        wrong.put("token-not-yet-valid", claims -> claims.notBeforeTime(Date.from(now.plusSeconds(32))));
        wrong.put("claim-missing", claims -> claims.expirationTime(null));
        wrong.put("token-is-no-access-token", claims -> claims.claim("at_hash", "x"));
        wrong.put("token-not-bound", claims -> claims);

        wrong.forEach((detail, claims) -> {
            String token = issuer.token(claims);
            Credential credential =
                    detail.equals("token-not-bound") ? new Credential("dpop", token) : Issuer.bearer(token);
            assertThat(((Rejected) verifier.verify(credential, Issuer.post())).detail())
                    .isEqualTo(detail);
        });
        assertThat(detail(issuer.token(claims -> claims.audience((String) null))))
                .isEqualTo("audience-wrong");
        assertThat(detail(issuer.token(claims -> claims.audience(Issuer.AUDIENCE + "/"))))
                .isEqualTo("audience-wrong");
        assertThat(detail(issuer.token(claims -> claims.issuer(null)))).isEqualTo("issuer-wrong");
        assertThat(detail(issuer.token(claims -> claims.issueTime(Date.from(now.plusSeconds(32))))))
                .isEqualTo("token-not-yet-valid");
        for (String claim : List.of("sub", "client_id", "iat", "jti")) {
            assertThat(detail(issuer.token(claims -> claims.claim(claim, null))))
                    .isEqualTo("claim-missing");
        }
        for (String use : List.of("ID", "Refresh", "Logout")) {
            assertThat(detail(issuer.token(claims -> claims.claim("typ", use)))).isEqualTo("token-is-no-access-token");
        }
    }

    @Test
    void clocks_may_be_apart_by_the_skew_and_no_further() {
        Instant now = issuer.clock.instant();
        String ending = issuer.token(claims -> claims.expirationTime(Date.from(now.plusSeconds(10))));
        assertThat(verify(ending)).isInstanceOf(Established.class);

        issuer.clock.advance(Duration.ofSeconds(39));
        assertThat(verify(ending)).isInstanceOf(Established.class);

        issuer.clock.advance(Duration.ofSeconds(2));
        assertThat(verify(ending)).isInstanceOf(Rejected.class);
    }

    @Test
    void only_the_issuer_s_signature_counts() throws JOSEException {
        JWTClaimsSet claims = issuer.claims().build();
        RSAKey stranger = Issuer.rsa("k1");
        String genuine = issuer.token(same -> same);
        String[] parts = genuine.split("\\.", 3);
        String forged = new JWTClaimsSet.Builder(claims).subject("root").build().toString();

        assertThat(detail(Issuer.token(stranger, claims))).isEqualTo("signature-invalid");
        assertThat(detail(parts[0] + "." + Base64URL.encode(forged) + "." + parts[2]))
                .isEqualTo("signature-invalid");
        assertThat(detail(parts[0] + "." + parts[1] + ".")).isEqualTo("token-malformed");
        assertThat(detail(Issuer.token(Issuer.rsa("unknown"), claims))).isEqualTo("signing-key-unknown");

        SignedJWT byPublicKey = new SignedJWT(header(JWSAlgorithm.HS256).build(), claims);
        byPublicKey.sign(new MACSigner(issuer.key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        assertThat(detail(byPublicKey.serialize())).isEqualTo("algorithm-not-allowed");

        for (String none : List.of("none", "NONE", "nOnE")) {
            String unsigned = Base64URL.encode("{\"typ\":\"at+jwt\",\"alg\":\"" + none + "\"}") + "."
                    + Base64URL.encode(claims.toString()) + ".";
            assertThat(verify(unsigned)).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void a_token_cannot_bring_its_own_key() {
        RSAKey stranger = Issuer.rsa("evil");
        JWTClaimsSet claims = issuer.claims().build();

        for (String id : List.of("k1", "evil", "../../../../dev/null", "' OR 1=1 --")) {
            String own = Issuer.sign(
                    header(JWSAlgorithm.RS256)
                            .keyID(id)
                            .jwk(stranger.toPublicJWK())
                            .jwkURL(URI.create(issuer.uri() + "/evil"))
                            .x509CertURL(URI.create(issuer.uri() + "/evil"))
                            .build(),
                    claims,
                    stranger);
            assertThat(verify(own)).as(id).isInstanceOf(Rejected.class);
        }
        assertThat(issuer.keyFetches.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void only_access_tokens_are_access_tokens() {
        JWTClaimsSet claims = issuer.claims().build();

        for (String type : List.of("JWT", "dpop+jwt", "id_token", "logout+jwt")) {
            String other = Issuer.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType(type))
                            .keyID("k1")
                            .build(),
                    claims,
                    issuer.key);
            assertThat(detail(other)).as(type).isEqualTo("token-type-not-accepted");
        }
        String untyped = Issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims, issuer.key);
        assertThat(detail(untyped)).isEqualTo("token-type-not-accepted");

        String critical = Issuer.sign(
                header(JWSAlgorithm.RS256)
                        .criticalParams(Set.of("must-understand"))
                        .customParam("must-understand", true)
                        .build(),
                claims,
                issuer.key);
        assertThat(verify(critical)).isInstanceOf(Rejected.class);
    }

    @Test
    void nonsense_of_the_form_is_refused_quickly() {
        assertThat(detail("ey" + "A".repeat(1 << 20) + ".e30.x")).isEqualTo("token-too-long");
        for (String odd : List.of("eyJ.e30.x", "eyJhbGciOiJSUzI1NiJ9.e30.x", "ey..", "eyJhbGciOiJSUzI1NiJ9..")) {
            assertThat(verify(odd)).as(odd).isInstanceOf(Rejected.class);
        }
        String twice = Base64URL.encode("{\"alg\":\"RS256\",\"alg\":\"none\",\"typ\":\"at+jwt\"}") + ".e30.x";
        assertThat(verify(twice)).isInstanceOf(Rejected.class);
        assertThat(issuer.keyFetches).hasValueLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "mcpg_live_x.y.z", "a.b.c", "ey.a.b.c.d", "ey a.b.c", "eyJ\u00e4.a.b"})
    void what_has_another_form_is_somebody_else_s(String value) {
        assertThat(verify(value)).isInstanceOf(NotMine.class);
        assertThat(verifier.verify(new Credential("basic", issuer.token(same -> same)), Issuer.post()))
                .isInstanceOf(NotMine.class);
        assertThat(issuer.keyFetches).hasValue(0);
    }

    @Test
    void a_new_key_is_fetched_when_it_is_first_seen_and_the_old_one_goes_on_while_it_is_published() {
        try (JwtVerifier quick = quick()) {
            String old = issuer.token(same -> same);
            assertThat(quick.verify(Issuer.bearer(old), Issuer.post())).isInstanceOf(Established.class);

            RSAKey next = Issuer.rsa("k2");
            issuer.published.add(next);
            String renewed = Issuer.token(next, issuer.claims().build());
            assertThat(quick.verify(Issuer.bearer(renewed), Issuer.post())).isInstanceOf(Established.class);
            assertThat(quick.verify(Issuer.bearer(old), Issuer.post())).isInstanceOf(Established.class);
        }
    }

    private JwtVerifier quick() {
        return JwtVerifier.builder(issuer.policy().build())
                .keysLife(Duration.ofMinutes(5), Duration.ofMillis(1))
                .build();
    }

    @Test
    void a_flood_of_made_up_key_ids_reaches_nobody() {
        assertThat(verify(issuer.token(same -> same))).isInstanceOf(Established.class);
        RSAKey stranger = Issuer.rsa("x");
        JWTClaimsSet claims = issuer.claims().build();

        for (int i = 0; i < 200; i++) {
            String made =
                    Issuer.sign(header(JWSAlgorithm.RS256).keyID("made-" + i).build(), claims, stranger);
            assertThat(detail(made)).isEqualTo("signing-key-unknown");
        }

        assertThat(issuer.keyFetches).hasValueLessThanOrEqualTo(2);
        assertThat(verify(issuer.token(same -> same))).isInstanceOf(Established.class);
    }

    @Test
    void without_keys_nothing_is_accepted_and_nothing_is_called_invalid() {
        issuer.status = 503;
        assertThatThrownBy(() -> verify(issuer.token(same -> same))).isInstanceOf(VerifierUnavailableException.class);

        issuer.status = 200;
        issuer.otherKeys = Optional.of(new byte[60 * 1024]);
        try (JwtVerifier quick = quick()) {
            assertThatThrownBy(() -> quick.verify(Issuer.bearer(issuer.token(same -> same)), Issuer.post()))
                    .isInstanceOf(VerifierUnavailableException.class);

            issuer.otherKeys = Optional.of("[not keys".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> quick.verify(Issuer.bearer(issuer.token(same -> same)), Issuer.post()))
                    .isInstanceOf(VerifierUnavailableException.class);
        }
    }

    @Test
    void the_keys_at_hand_outlive_an_outage() {
        assertThat(verify(issuer.token(same -> same))).isInstanceOf(Established.class);
        issuer.close();

        assertThat(verify(issuer.token(same -> same))).isInstanceOf(Established.class);
        assertThat(detail(issuer.token(claims -> claims.audience("other")))).isEqualTo("audience-wrong");
    }

    @Test
    void keys_are_not_fetched_from_where_a_redirect_leads() {
        try (JwtVerifier redirected = JwtVerifier.builder(issuer.policy().build())
                .keys(URI.create(issuer.uri() + "/redirect"))
                .build()) {
            assertThatThrownBy(() -> redirected.verify(Issuer.bearer(issuer.token(same -> same)), Issuer.post()))
                    .isInstanceOf(VerifierUnavailableException.class);
        }
        assertThat(issuer.keyFetches).hasValue(0);
    }

    @Test
    void what_would_let_the_wrong_tokens_in_is_refused_at_the_start() {
        assertThatThrownBy(() -> TokenPolicy.builder(URI.create("http://as.example.com"), Set.of())
                        .skew(Duration.ofHours(1))
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(3)
                                .anyMatch(problem -> problem.contains("use https"))
                                .anyMatch(problem -> problem.contains("the audience is not set")));
        for (Set<String> algorithms :
                List.of(Set.of("none"), Set.of("HS256"), Set.of("RS256", "HS512"), Set.<String>of())) {
            assertThatThrownBy(() -> JwtVerifier.builder(issuer.policy().build())
                            .algorithms(algorithms)
                            .build())
                    .isInstanceOf(ConfigurationException.class);
        }
        assertThatThrownBy(() -> JwtVerifier.builder(issuer.policy().build())
                        .keys(URI.create("http://keys.example.com/jwks"))
                        .build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void metadata_is_looked_for_where_both_specifications_put_it() {
        assertThat(IssuerKeys.metadataOf(URI.create("https://as.example.com/realms/x")))
                .containsExactly(
                        URI.create("https://as.example.com/.well-known/oauth-authorization-server/realms/x"),
                        URI.create("https://as.example.com/realms/x/.well-known/openid-configuration"));
        assertThat(IssuerKeys.metadataOf(URI.create("https://as.example.com/")))
                .containsExactly(
                        URI.create("https://as.example.com/.well-known/oauth-authorization-server"),
                        URI.create("https://as.example.com/.well-known/openid-configuration"));
    }
}
