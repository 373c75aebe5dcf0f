package io.mcpguard.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Asks the authorization server about access tokens (RFC 7662): about those that say nothing themselves, and, when it is told to,
 * about signed ones too, which then can be taken back before they expire.
 *
 * <p>An answer is kept for a few seconds under a hash of the token, and never beyond its expiry: within that time a token that was
 * taken back is still accepted. While the server does not answer, the check is an exception; an answer that is too old is never
 * used in its place.
 *
 * @since 0.1
 */
public final class IntrospectionVerifier implements CredentialVerifier {

    private static final int MOST_BYTES = 65_536;

    private final TokenPolicy policy;
    private final TokenJudge judge;
    private final URI endpoint;
    private final String authorization;
    private final boolean signedToo;
    private final int maxCharacters;
    private final Duration activeLife;
    private final Duration inactiveLife;
    private final BoundedHttp http;
    private final Semaphore asking;
    private final Answers answers;

    private IntrospectionVerifier(Builder builder) {
        this.policy = builder.policy;
        this.judge = new TokenJudge(policy);
        this.endpoint = builder.endpoint;
        this.authorization = builder.authorization;
        this.signedToo = builder.signedToo;
        this.maxCharacters = builder.maxCharacters;
        this.activeLife = builder.activeLife;
        this.inactiveLife = builder.inactiveLife;
        this.http = new BoundedHttp(builder.timeout, MOST_BYTES);
        this.asking = new Semaphore(builder.atOnce);
        this.answers = new Answers(builder.keptAnswers);
    }

    /**
     * Starts a verifier.
     *
     * @param policy which tokens are meant for this service
     * @param endpoint the introspection endpoint; https, unless it is on this machine
     * @param clientId what this service is called at the authorization server
     * @param clientSecret what proves it there; kept in memory only, and in no message
     * @return a builder: answers are kept for 30 seconds, refusals for 5, and 32 questions are open at a time
     */
    public static Builder builder(TokenPolicy policy, URI endpoint, String clientId, String clientSecret) {
        return new Builder(policy, endpoint, clientId, clientSecret);
    }

    @Override
    public Verification verify(Credential credential, Presentation presentation) {
        TokenForm form = TokenForm.of(credential);
        if (form == TokenForm.NONE || (form == TokenForm.JWT && !signedToo)) {
            return new Verification.NotMine();
        }
        if (credential.reveal().length() > maxCharacters) {
            return new Verification.Rejected("", "token-too-long");
        }
        Optional<JWTClaimsSet> active = ask(credential);
        if (active.isEmpty()) {
            return new Verification.Rejected("", "token-inactive");
        }
        JWTClaimsSet claims = active.get();
        try {
            return judge.judge(claims, CredentialKind.OPAQUE_TOKEN, credential, presentation);
        } catch (Unacceptable e) {
            return new Verification.Rejected(TokenJudge.idOf(claims, credential), e.detail());
        } catch (StoreUnavailableException e) {
            throw new VerifierUnavailableException("a proof could not be looked up: " + e.getMessage(), e);
        }
    }

    /** Empty when the token is good for nothing. */
    private Optional<JWTClaimsSet> ask(Credential credential) {
        String key = TokenJudge.sha256(credential.reveal());
        Instant now = policy.clock().instant();
        Optional<Answers.Answer> kept = answers.find(key, now);
        if (kept.isPresent()) {
            return kept.get().claims();
        }
        if (!asking.tryAcquire()) {
            throw new VerifierUnavailableException(
                    "too many questions to " + endpoint
                            + " are open; it is slow, or there is a flood of unknown tokens",
                    null);
        }
        try {
            Optional<JWTClaimsSet> claims = read(http.post(endpoint, authorization, form(credential)));
            answers.keep(key, claims, now.plus(claims.isPresent() ? activeLife : inactiveLife));
            return claims;
        } catch (IOException e) {
            throw new VerifierUnavailableException("tokens cannot be checked: " + e.getMessage(), e);
        } catch (ParseException | RuntimeException e) {
            // Its message may quote the answer.
            throw new VerifierUnavailableException("the answer of " + endpoint + " cannot be read", null);
        } finally {
            asking.release();
        }
    }

    private static String form(Credential credential) {
        return "token=" + URLEncoder.encode(credential.reveal(), StandardCharsets.UTF_8)
                + "&token_type_hint=access_token";
    }

    private static Optional<JWTClaimsSet> read(byte[] answer) throws ParseException {
        Map<String, Object> document = JSONObjectUtils.parse(new String(answer, StandardCharsets.UTF_8));
        return JSONObjectUtils.getBoolean(document, "active")
                ? Optional.of(JWTClaimsSet.parse(document))
                : Optional.empty();
    }

    /**
     * Collects how tokens are asked about.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final TokenPolicy policy;
        private final URI endpoint;
        private final String authorization;
        private final boolean named;
        private boolean signedToo;
        private int maxCharacters = 16_384;
        private int atOnce = 32;
        private int keptAnswers = 10_000;
        private Duration timeout = Duration.ofSeconds(2);
        private Duration activeLife = Duration.ofSeconds(30);
        private Duration inactiveLife = Duration.ofSeconds(5);

        private Builder(TokenPolicy policy, URI endpoint, String clientId, String clientSecret) {
            this.policy = Objects.requireNonNull(policy, "policy");
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            this.named = !clientId.isBlank() && !clientSecret.isBlank();
            // RFC 6749 section 2.3.1: both are form-encoded first.
            String pair = URLEncoder.encode(clientId, StandardCharsets.UTF_8)
                    + ":"
                    + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
            this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Sets whether the server is asked about signed tokens too, in the place of a {@link JwtVerifier}.
         *
         * @param too whether it is; false unless set
         * @return this builder
         */
        public Builder signedToo(boolean too) {
            this.signedToo = too;
            return this;
        }

        /**
         * Sets how long an answer is kept.
         *
         * @param active how long a token that was good is taken for good without asking, at most 5 minutes
         * @param inactive how long one that was not is refused without asking
         * @return this builder
         */
        public Builder kept(Duration active, Duration inactive) {
            this.activeLife = Objects.requireNonNull(active, "active");
            this.inactiveLife = Objects.requireNonNull(inactive, "inactive");
            return this;
        }

        /**
         * Sets how many answers are kept.
         *
         * @param most the bound, 10,000 unless set
         * @return this builder
         */
        public Builder keptAnswers(int most) {
            this.keptAnswers = most;
            return this;
        }

        /**
         * Sets how many questions are open at a time. One more is an exception.
         *
         * @param most the bound, 32 unless set
         * @return this builder
         */
        public Builder atOnce(int most) {
            this.atOnce = most;
            return this;
        }

        /**
         * Sets how long the server may take to answer.
         *
         * @param most the bound, 2 seconds unless set
         * @return this builder
         */
        public Builder timeout(Duration most) {
            this.timeout = Objects.requireNonNull(most, "most");
            return this;
        }

        /**
         * Makes the verifier. Nothing is asked yet.
         *
         * @return the verifier
         * @throws ConfigurationException naming everything that would let the wrong tokens in
         */
        public IntrospectionVerifier build() {
            List<String> problems = new ArrayList<>();
            Addresses.problem("the introspection endpoint", endpoint).ifPresent(problems::add);
            if (!named) {
                problems.add(
                        "the introspection endpoint is asked by nobody; set the client id and the client secret of this service");
            }
            if (activeLife.isNegative()
                    || activeLife.compareTo(Duration.ofMinutes(5)) > 0
                    || inactiveLife.isNegative()) {
                problems.add("answers are kept for " + activeLife + " and " + inactiveLife
                        + "; up to 5 minutes can be meant, for a token that was taken back is accepted as long");
            }
            if (atOnce < 1 || keptAnswers < 1) {
                problems.add("at least one question and one answer must be possible");
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("The access tokens of " + policy.issuer(), problems);
            }
            return new IntrospectionVerifier(this);
        }
    }
}
