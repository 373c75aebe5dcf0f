package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialVerifier;
import io.mcpguard.credential.Verification;
import io.mcpguard.credential.Verification.NotMine;
import io.mcpguard.credential.Verification.Rejected;
import io.mcpguard.credential.Verification.Verified;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
     * @return a genuine credential of {@link #validProfile()}
     */
    protected abstract Credential valid();

    /**
     * Says which profile the valid credential belongs to.
     *
     * @return the profile's id
     */
    protected abstract ProfileId validProfile();

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
            assertThat(verifier().verify(each)).as("%s", each.scheme()).isInstanceOf(NotMine.class);
        }
    }

    @Test
    @DisplayName("CV-1 the kind is told by the form alone, also when the store is down")
    void kind_is_told_by_form() {
        CredentialVerifier unreachable = unreachableVerifier();

        for (Credential each : foreign()) {
            assertThat(unreachable.verify(each)).isInstanceOf(NotMine.class);
        }
    }

    @Test
    @DisplayName("CV-2 a genuine credential is verified for its one profile")
    void genuine_credential_is_verified() {
        Verification answer = verifier().verify(valid());

        assertThat(answer).isInstanceOf(Verified.class);
        assertThat(((Verified) answer).profile()).isEqualTo(validProfile());
        assertThat(((Verified) answer).credentialId()).isNotEmpty();
    }

    @Test
    @DisplayName("CV-2 unknown, altered, expired, suspended and revoked credentials are rejected")
    void bad_credentials_are_rejected() {
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(2);
        bad().forEach((name, credential) -> {
            Verification answer = verifier().verify(credential);
            assertThat(answer).as(name).isInstanceOf(Rejected.class);
            assertThat(((Rejected) answer).detail()).as(name).matches("[a-z0-9]+(-[a-z0-9]+)*");
        });
    }

    @Test
    @DisplayName("CV-3 a verifier that cannot check throws, and neither verifies nor rejects")
    void cannot_check_is_an_exception() {
        CredentialVerifier unreachable = unreachableVerifier();

        assertThatThrownBy(() -> unreachable.verify(valid())).isInstanceOf(VerifierUnavailableException.class);
    }

    @Test
    @DisplayName("CV-5 a change of state is seen by the next request")
    void revocation_is_seen() {
        Credential credential = valid();
        assertThat(verifier().verify(credential)).isInstanceOf(Verified.class);

        revokeValid();

        Staleness.within(
                staleness(), () -> assertThat(verifier().verify(credential)).isInstanceOf(Rejected.class));
    }

    @Test
    @DisplayName("CV-6 nothing returned or thrown holds a part of the secret")
    void secret_stays_inside() {
        List<String> said = new ArrayList<>();
        List<Credential> presented = new ArrayList<>(bad().values());
        presented.add(valid());

        for (Credential each : presented) {
            said.add(verifier().verify(each).toString());
        }
        assertThatThrownBy(() -> unreachableVerifier().verify(valid())).satisfies(thrown -> {
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
                all &= verifier.verify(valid) instanceof Verified;
                all &= verifier.verify(bad) instanceof Rejected;
                all &= verifier.verify(foreign) instanceof NotMine;
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }

    /** A predicate without a description that would print the fragment. */
    private static java.util.function.Predicate<String> contains(String fragment) {
        return text -> text.contains(fragment);
    }
}
