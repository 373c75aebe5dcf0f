package io.mcpguard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.testkit.Together;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import io.mcpguard.verification.Verification.NotMine;
import io.mcpguard.verification.Verification.Rejected;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntrospectionVerifierTest {

    private static final String TOKEN = "0b79bab50daca910b000d4f1a2b675d604257e42";

    private final Issuer issuer = new Issuer();
    private final IntrospectionVerifier verifier = builder().build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private IntrospectionVerifier.Builder builder() {
        return IntrospectionVerifier.builder(
                issuer.policy().build(), URI.create(issuer.uri() + "/introspect"), "orders-api", "s3cr et:+%");
    }

    private void known(String token, String more) {
        issuer.known.put(
                token,
                "{\"active\":true,\"sub\":\"ann\",\"aud\":[\"" + Issuer.AUDIENCE + "\"],\"exp\":"
                        + issuer.clock.instant().plusSeconds(120).getEpochSecond() + more + "}");
    }

    private Verification verify(String token) {
        return verifier.verify(Issuer.bearer(token), Issuer.post());
    }

    private String detail(String token) {
        return ((Rejected) verify(token)).detail();
    }

    @Test
    void an_active_token_for_this_service_establishes_its_subject() {
        known(TOKEN, ",\"scope\":\"orders:read\",\"jti\":\"o-1\",\"username\":\"Ann\"");

        Established established = (Established) verify(TOKEN);

        assertThat(established.principal().name()).isEqualTo("ann");
        assertThat(established.principal().kind()).isEqualTo(CredentialKind.OPAQUE_TOKEN);
        assertThat(established.principal().scopes()).containsExactly("orders:read");
        assertThat(established.principal().credentialId()).isEqualTo("o-1");
        String pair = new String(
                Base64.getDecoder().decode(issuer.authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        assertThat(pair).isEqualTo("orders-api:s3cr+et%3A%2B%25");
    }

    @Test
    void a_token_that_is_not_active_or_not_for_this_service_is_refused() {
        assertThat(detail(TOKEN)).isEqualTo("token-inactive");

        known("for-another", ",\"x\":1");
        issuer.known.computeIfPresent("for-another", (token, answer) -> answer.replace("/mcp", "/other"));
        assertThat(detail("for-another")).isEqualTo("audience-wrong");

        issuer.known.put("for-nobody", "{\"active\":true,\"sub\":\"ann\"}");
        assertThat(detail("for-nobody")).isEqualTo("audience-wrong");

        known("of-another", ",\"iss\":\"https://evil.example\"");
        assertThat(detail("of-another")).isEqualTo("issuer-wrong");

        known("bound", ",\"cnf\":{\"jkt\":\"x\"}");
        assertThat(detail("bound")).isEqualTo("proof-missing");
    }

    @Test
    void an_answer_is_kept_for_its_time_and_never_beyond_the_token_s() {
        known(TOKEN, "");
        for (int i = 0; i < 5; i++) {
            assertThat(verify(TOKEN)).isInstanceOf(Established.class);
        }
        assertThat(issuer.questions).hasValue(1);

        issuer.known.remove(TOKEN);
        issuer.clock.advance(Duration.ofSeconds(29));
        assertThat(verify(TOKEN)).isInstanceOf(Established.class);
        issuer.clock.advance(Duration.ofSeconds(1));
        assertThat(detail(TOKEN)).isEqualTo("token-inactive");
        assertThat(issuer.questions).hasValue(2);

        issuer.known.put(
                "short",
                "{\"active\":true,\"sub\":\"ann\",\"aud\":\"" + Issuer.AUDIENCE + "\",\"exp\":"
                        + issuer.clock.instant().minusSeconds(25).getEpochSecond() + "}");
        assertThat(verify("short")).isInstanceOf(Established.class);
        issuer.clock.advance(Duration.ofSeconds(6));
        assertThat(detail("short")).isEqualTo("token-expired");
    }

    @Test
    void a_refusal_is_kept_for_a_short_time() {
        assertThat(detail(TOKEN)).isEqualTo("token-inactive");
        known(TOKEN, "");
        assertThat(detail(TOKEN)).isEqualTo("token-inactive");
        assertThat(issuer.questions).hasValue(1);

        issuer.clock.advance(Duration.ofSeconds(5));
        assertThat(verify(TOKEN)).isInstanceOf(Established.class);
    }

    @Test
    void what_was_said_before_an_outage_counts_no_longer_than_otherwise() {
        known(TOKEN, "");
        assertThat(verify(TOKEN)).isInstanceOf(Established.class);
        issuer.close();
        assertThat(verify(TOKEN)).isInstanceOf(Established.class);

        issuer.clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> verify(TOKEN)).isInstanceOf(VerifierUnavailableException.class);
    }

    @Test
    void an_answer_that_is_none_is_an_outage() {
        for (String odd : List.of("", "[]", "{}", "{\"active\":\"true\"}", "not json", "x".repeat(70_000))) {
            issuer.otherAnswer = Optional.of(odd);
            assertThatThrownBy(() -> verify("token-" + Integer.toHexString(odd.hashCode())))
                    .as(odd.substring(0, Math.min(20, odd.length())))
                    .isInstanceOf(VerifierUnavailableException.class)
                    .hasMessageNotContaining("s3cr");
        }
        issuer.otherAnswer = Optional.empty();
        issuer.status = 401;
        assertThatThrownBy(() -> verify("another")).isInstanceOf(VerifierUnavailableException.class);
    }

    @Test
    void only_so_many_questions_are_open() {
        IntrospectionVerifier narrow =
                builder().atOnce(1).timeout(Duration.ofSeconds(5)).build();
        AtomicInteger numbers = new AtomicInteger();

        List<String> answers = Together.run(8, () -> {
            try {
                return narrow.verify(Issuer.bearer("unknown-" + numbers.incrementAndGet()), Issuer.post())
                        .getClass()
                        .getSimpleName();
            } catch (VerifierUnavailableException e) {
                return "unavailable";
            }
        });

        assertThat(answers).isSubsetOf("Rejected", "unavailable").contains("Rejected");
        assertThat(issuer.questions)
                .hasValue((int) answers.stream().filter("Rejected"::equals).count());
    }

    @Test
    void keys_of_the_guard_and_signed_tokens_are_shown_to_nobody() {
        String signed = issuer.token(same -> same);
        for (String other : List.of("mcpg_live_abcdefgh_x", "", "two words", signed)) {
            assertThat(verify(other)).isInstanceOf(NotMine.class);
        }
        assertThat(verifier.verify(new Credential("basic", TOKEN), Issuer.post()))
                .isInstanceOf(NotMine.class);
        assertThat(verifier.verify(new Credential("dpop", "mcpg_live_abcdefgh_x"), Issuer.post()))
                .isInstanceOf(NotMine.class);
        assertThat(issuer.questions).hasValue(0);

        assertThat(builder().signedToo(true).build().verify(Issuer.bearer(signed), Issuer.post()))
                .isInstanceOf(Rejected.class);
        assertThat(issuer.questions).hasValue(1);
    }

    @Test
    void so_many_answers_are_kept_and_no_more() {
        Answers answers = new Answers(100);
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        for (int i = 0; i < 10_000; i++) {
            answers.keep("token-" + i, Optional.empty(), until);
        }

        assertThat(answers.size()).isEqualTo(100);
        assertThat(answers.find("token-9999", until.minusSeconds(1))).isPresent();
        assertThat(answers.find("token-1", until.minusSeconds(1))).isEmpty();
    }

    @Test
    void nobody_asks_without_saying_who_or_in_clear() {
        assertThatThrownBy(() -> IntrospectionVerifier.builder(
                                issuer.policy().build(), URI.create("http://as.example.com/introspect"), "", "")
                        .kept(Duration.ofHours(1), Duration.ZERO)
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems()).hasSize(3));
    }
}
