package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.Together;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.Established;
import io.mcpguard.verification.Verification.NotMine;
import io.mcpguard.verification.Verification.Rejected;
import io.mcpguard.verification.Verification.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link CredentialVerifier}. Extend it and say which credentials are good, bad and foreign.
 *
 * <p>JUnit makes a new instance for each test, so a fixture may be a field. What cannot be tested here: that comparing takes
 * constant time (CV-4), since a difference of nanoseconds drowns in the noise of a test run; an implementation shows it by
 * using {@link java.security.MessageDigest#isEqual} on both paths.
 *
 * @since 0.1
 */
public abstract class CredentialVerifierContract {

    /** For subclasses. */
    protected CredentialVerifierContract() {}

    /**
     * Returns the verifier under test.
     *
     * @return the same verifier for the length of a test
     */
    protected abstract CredentialVerifier verifier();

    /**
     * Makes a credential that the verifier accepts.
     *
     * @return a genuine credential of {@link #validProfile()} or {@link #validName()}
     */
    protected abstract Credential valid();

    /**
     * Says which profile the valid credential belongs to, for a verifier that knows.
     *
     * @return the profile's id; empty, unless overridden, for a verifier that establishes a principal
     */
    protected Optional<ProfileId> validProfile() {
        return Optional.empty();
    }

    /**
     * Says whom the valid credential proves, for a verifier that establishes a principal.
     *
     * @return the principal's name; empty, unless overridden, for a verifier that knows the profile
     */
    protected Optional<String> validName() {
        return Optional.empty();
    }

    /**
     * Presents a credential as its owner would, with a fresh proof where its kind asks for one.
     *
     * @param credential what is presented, one of this verifier's kind or another
     * @return a presentation that proves nothing, unless overridden
     */
    protected Presentation presenting(Credential credential) {
        return Presentation.none();
    }

    /**
     * Lists presentations of the valid credential that do not prove possession: none for a kind whose bearer is always taken for
     * its owner.
     *
     * @return presentations by their names; empty unless overridden
     */
    protected Map<String, Presentation> unproven() {
        return Map.of();
    }

    /**
     * Lists credentials of this verifier's kind that it must reject, each with a name for messages.
     *
     * @return at least one that is unknown and one that was altered, and one for each state the kind has: expired,
     *     suspended, revoked, not yet valid
     */
    protected abstract Map<String, Credential> bad();

    /**
     * Takes the validity from the valid credential, as an operator would.
     *
     * <p>Called while the verifier is in use.
     */
    protected abstract void revokeValid();

    /**
     * Makes a verifier that cannot check: its store is down.
     *
     * @return another verifier of the same kind
     */
    protected abstract CredentialVerifier unreachableVerifier();

    /**
     * Says which part of a credential is secret. What names it in public is not.
     *
     * @param credential a credential of this verifier's kind
     * @return the secret part
     */
    protected abstract String secretOf(Credential credential);

    /**
     * Says within which time a change of state is seen in this process.
     *
     * @return zero unless overridden
     */
    protected Duration staleness() {
        return Duration.ZERO;
    }

    /**
     * Lists credentials that are not of this verifier's kind.
     *
     * @return Basic, an opaque token, a JWT and an empty token, unless overridden
     */
    protected List<Credential> foreign() {
        return List.of(
                new Credential("basic", "YW5uOnNlY3JldA=="),
                new Credential("bearer", "0b79bab50daca910b000d4f1a2b675d604257e42"),
                new Credential("bearer", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"),
                new Credential("bearer", ""),
                new Credential("negotiate", "YII="));
    }

    @Test
    @DisplayName("CV-1 a credential of another kind is not mine")
    void foreign_credentials_are_not_mine() {
        for (Credential each : foreign()) {
            assertThat(verifier().verify(each, presenting(each)))
                    .as("%s", each.scheme())
                    .isInstanceOf(NotMine.class);
        }
    }

    @Test
    @DisplayName("CV-1 the kind is told by the form alone, also when the store is down")
    void kind_is_told_by_form() {
        CredentialVerifier unreachable = unreachableVerifier();

        for (Credential each : foreign()) {
            assertThat(unreachable.verify(each, presenting(each))).isInstanceOf(NotMine.class);
        }
    }

    @Test
    @DisplayName("CV-2 a genuine credential is verified for its one profile, or establishes its principal")
    void genuine_credential_is_verified() {
        assertThat(validProfile().isPresent())
                .as("a verifier knows the profile or the name, and the test says which")
                .isNotEqualTo(validName().isPresent());

        Verification answer = verifier().verify(valid(), presenting(valid()));

        if (answer instanceof Established established) {
            assertThat(established.principal().name()).isEqualTo(validName().orElseThrow());
        } else {
            assertThat(answer).isInstanceOf(Verified.class);
            assertThat(((Verified) answer).profile()).isEqualTo(validProfile().orElseThrow());
            assertThat(((Verified) answer).credentialId()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("CV-2 unknown, altered, expired, suspended and revoked credentials are rejected")
    void bad_credentials_are_rejected() {
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(2);
        bad().forEach((name, credential) -> {
            Verification answer = verifier().verify(credential, presenting(credential));
            assertThat(answer).as(name).isInstanceOf(Rejected.class);
            assertThat(((Rejected) answer).detail()).as(name).matches("[a-z0-9]+(-[a-z0-9]+)*");
        });
    }

    @Test
    @DisplayName("CV-3 a verifier that cannot check throws, and neither verifies nor rejects")
    void cannot_check_is_an_exception() {
        CredentialVerifier unreachable = unreachableVerifier();

        assertThatThrownBy(() -> unreachable.verify(valid(), presenting(valid())))
                .isInstanceOf(VerifierUnavailableException.class);
    }

    @Test
    @DisplayName("CV-5 a change of state is seen by the next request")
    void revocation_is_seen() {
        Credential credential = valid();
        assertThat(isAccepted(verifier().verify(credential, presenting(credential))))
                .isTrue();

        revokeValid();

        Staleness.within(
                staleness(),
                () -> assertThat(verifier().verify(credential, presenting(credential)))
                        .isInstanceOf(Rejected.class));
    }

    @Test
    @DisplayName("CV-6 nothing returned or thrown holds a part of the secret")
    void secret_stays_inside() {
        List<String> said = new ArrayList<>();
        List<Credential> presented = new ArrayList<>(bad().values());
        presented.add(valid());

        for (Credential each : presented) {
            said.add(verifier().verify(each, presenting(each)).toString());
        }
        assertThatThrownBy(() -> unreachableVerifier().verify(valid(), presenting(valid())))
                .satisfies(thrown -> {
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        said.add(cause.toString());
                    }
                });

        for (Credential each : presented) {
            String secret = secretOf(each);
            for (int from = 0; from + 8 <= secret.length(); from++) {
                assertThat(said).noneMatch(contains(secret.substring(from, from + 8)));
            }
        }
    }

    @Test
    @DisplayName("CV-7 many threads at once are answered as one would be")
    void safe_for_many_threads() {
        CredentialVerifier verifier = verifier();
        Credential valid = valid();
        Credential bad = bad().values().iterator().next();
        Credential foreign = foreign().get(0);

        List<Boolean> right = Together.run(8, () -> {
            boolean all = true;
            for (int i = 0; i < 200; i++) {
                all &= isAccepted(verifier.verify(valid, presenting(valid)));
                all &= verifier.verify(bad, presenting(bad)) instanceof Rejected;
                all &= verifier.verify(foreign, presenting(foreign)) instanceof NotMine;
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }

    @Test
    @DisplayName("CV-8 an established principal is the guard's, of a kind that says so")
    void established_principal_is_the_guard_s() {
        Verification answer = verifier().verify(valid(), presenting(valid()));

        if (answer instanceof Established established) {
            assertThat(established.principal().source()).isEqualTo(Principal.Source.GUARD);
            assertThat(established.principal().kind()).isNotEqualTo(CredentialKind.HOST);
        } else {
            assertThat(validProfile()).isPresent();
        }
    }

    @Test
    @DisplayName("CV-9 a credential that is bound to its sender needs a proof, and not twice for one request")
    void possession_is_proved() {
        unproven()
                .forEach((name, presentation) -> assertThat(verifier().verify(valid(), presentation))
                        .as(name)
                        .isInstanceOf(Rejected.class));

        Credential credential = valid();
        Presentation presentation = presenting(credential);
        assertThat(isAccepted(verifier().verify(credential, presentation))).isTrue();
        assertThat(isAccepted(verifier().verify(credential, presentation.ongoing())))
                .isTrue();
    }

    private static boolean isAccepted(Verification answer) {
        return answer instanceof Verified || answer instanceof Established;
    }

    /** A predicate without a description that would print the fragment. */
    private static java.util.function.Predicate<String> contains(String fragment) {
        return text -> text.contains(fragment);
    }
}
