package io.mcpguard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.verification.Verification;
import io.mcpguard.verification.Verification.NotMine;
import io.mcpguard.verification.Verification.Rejected;
import io.mcpguard.verification.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ApiKeyVerifierTest {

    private final KeyFixture fixture = new KeyFixture();

    @Test
    void a_genuine_key_belongs_to_its_profile() {
        IssuedKey issued = fixture.issue();

        assertThat(verify(issued)).isEqualTo(new Verified(issued.key().id(), KeyFixture.PROFILE, Optional.empty()));
    }

    @Test
    void another_scheme_is_not_mine_even_with_a_key_in_it() {
        IssuedKey issued = fixture.issue();

        assertThat(fixture.verifier.verify(new Credential("basic", issued.key().reveal()), Presentation.none()))
                .isEqualTo(new NotMine());
    }

    @Test
    void what_only_starts_like_a_key_is_malformed_and_asks_no_store() {
        ApiKeyVerifier verifier = new ApiKeyVerifier(storeThatMustNotBeAsked(), fixture.keys, fixture.clock, false);
        String genuine = ApiKey.generate(ApiKey.Kind.LIVE, fixture.random).reveal();
        char last = genuine.charAt(genuine.length() - 1);

        for (String presented : List.of(
                "mcpg_",
                "mcpg_live_short",
                genuine + "x",
                genuine.substring(0, genuine.length() - 1) + (last == 'q' ? 'r' : 'q'))) {
            assertThat(verifier.verify(new Credential("bearer", presented), Presentation.none()))
                    .isEqualTo(new Rejected("", "key-malformed"));
        }
    }

    @Test
    void a_test_key_is_refused_unless_the_service_allows_them() {
        IssuedKey issued = fixture.issuer.issue(KeyFixture.PROFILE, ApiKey.Kind.TEST, Optional.empty(), "");
        ApiKeyVerifier lenient = new ApiKeyVerifier(fixture.store, fixture.keys, fixture.clock, true);

        assertThat(verify(issued)).isEqualTo(new Rejected(issued.key().id(), "key-test-refused"));
        assertThat(lenient.verify(KeyFixture.bearer(issued), Presentation.none()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void an_id_nobody_has_is_unknown() {
        ApiKey stranger = ApiKey.generate(ApiKey.Kind.LIVE, fixture.random);

        assertThat(fixture.verifier.verify(new Credential("bearer", stranger.reveal()), Presentation.none()))
                .isEqualTo(new Rejected(stranger.id(), "key-unknown"));
    }

    @Test
    void a_known_id_with_another_secret_is_wrong_whatever_its_state() {
        IssuedKey issued = fixture.issue();
        ApiKey stranger = ApiKey.generate(ApiKey.Kind.LIVE, fixture.random);
        ApiKeyRecord record = issued.record();
        fixture.store.put(new ApiKeyRecord(
                stranger.id(),
                record.hash(),
                record.profile(),
                record.kind(),
                record.created(),
                record.notBefore(),
                record.expires(),
                ApiKeyRecord.State.REVOKED,
                record.supersededBy(),
                ""));

        assertThat(fixture.verifier.verify(new Credential("bearer", stranger.reveal()), Presentation.none()))
                .isEqualTo(new Rejected(stranger.id(), "key-wrong"));
    }

    @Test
    void the_end_is_exclusive_to_the_millisecond() {
        IssuedKey issued = fixture.issue(Duration.ofHours(1));
        Instant end = issued.record().expires().orElseThrow();

        fixture.clock.set(end.minusMillis(1));
        assertThat(verify(issued)).isInstanceOf(Verified.class);
        fixture.clock.set(end);
        assertThat(verify(issued)).isEqualTo(new Rejected(issued.key().id(), "key-expired"));
    }

    @Test
    void a_suspended_key_is_refused_at_once_and_good_again_when_resumed() {
        IssuedKey issued = fixture.issue();

        fixture.issuer.suspend(issued.key().id());
        assertThat(verify(issued)).isEqualTo(new Rejected(issued.key().id(), "key-suspended"));
        fixture.issuer.resume(issued.key().id());
        assertThat(verify(issued)).isInstanceOf(Verified.class);
    }

    @Test
    void a_revoked_key_is_refused_at_once() {
        IssuedKey issued = fixture.issue();
        assertThat(verify(issued)).isInstanceOf(Verified.class);

        fixture.issuer.revoke(issued.key().id());

        assertThat(verify(issued)).isEqualTo(new Rejected(issued.key().id(), "key-revoked"));
    }

    @Test
    void a_superseded_key_works_until_its_overlap_ends_and_says_so() {
        IssuedKey old = fixture.issue();
        IssuedKey next = fixture.issuer.rotate(old.key().id(), Duration.ofHours(24));
        Instant end = fixture.clock.instant().plus(Duration.ofHours(24));

        assertThat(verify(old)).isEqualTo(new Verified(old.key().id(), KeyFixture.PROFILE, Optional.of(end)));
        assertThat(verify(next)).isEqualTo(new Verified(next.key().id(), KeyFixture.PROFILE, Optional.empty()));
        fixture.clock.set(end.minusSeconds(1));
        assertThat(verify(old)).isInstanceOf(Verified.class);
        fixture.clock.set(end);
        assertThat(verify(old)).isEqualTo(new Rejected(old.key().id(), "key-expired"));
        fixture.clock.set(end.plusSeconds(1));
        assertThat(verify(old)).isEqualTo(new Rejected(old.key().id(), "key-expired"));
        assertThat(verify(next)).isInstanceOf(Verified.class);
    }

    @Test
    void keys_hashed_under_an_older_pepper_stay_good() {
        IssuedKey issued = fixture.issue();
        byte[] fresh = new byte[32];
        fixture.random.nextBytes(fresh);
        ((MemoryKeySource) fixture.keys)
                .put(Purpose.PEPPER, new NamedKey("k2", new SecretKeySpec(fresh, "HmacSHA256")));
        ApiKeyVerifier restarted = new ApiKeyVerifier(fixture.store, fixture.keys, fixture.clock, false);
        IssuedKey later = fixture.issue();

        assertThat(restarted.verify(KeyFixture.bearer(issued), Presentation.none()))
                .isInstanceOf(Verified.class);
        assertThat(restarted.verify(KeyFixture.bearer(later), Presentation.none()))
                .isInstanceOf(Verified.class);
        assertThat(later.record().hash().pepperId()).isEqualTo("k2");
        assertThat(verify(later)).isInstanceOf(Verified.class);
    }

    @Test
    void without_a_pepper_there_is_no_verifier() {
        assertThatThrownBy(() -> new ApiKeyVerifier(fixture.store, new MemoryKeySource(), fixture.clock, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("run: mcp-guard init");
    }

    @Test
    void a_lost_pepper_refuses_to_start_and_names_the_keys() {
        IssuedKey issued = fixture.issue();
        MemoryKeySource others = new MemoryKeySource();
        byte[] fresh = new byte[32];
        fixture.random.nextBytes(fresh);
        others.put(Purpose.PEPPER, new NamedKey("other", new SecretKeySpec(fresh, "HmacSHA256")));

        assertThatThrownBy(() -> new ApiKeyVerifier(fixture.store, others, fixture.clock, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(issued.key().id())
                .hasMessageContaining("k1");

        fixture.issuer.revoke(issued.key().id());
        ApiKeyVerifier verifier = new ApiKeyVerifier(fixture.store, others, fixture.clock, false);
        Credential later = KeyFixture.bearer(fixture.issue());
        assertThatThrownBy(() -> verifier.verify(later, Presentation.none()))
                .isInstanceOf(VerifierUnavailableException.class);
    }

    private Verification verify(IssuedKey issued) {
        return fixture.verifier.verify(KeyFixture.bearer(issued), Presentation.none());
    }

    private static ApiKeyStore storeThatMustNotBeAsked() {
        return new ApiKeyStore() {
            @Override
            public Optional<ApiKeyRecord> find(String keyId) {
                throw new StoreUnavailableException("was asked for " + keyId, null);
            }

            @Override
            public List<ApiKeyRecord> records() {
                return List.of();
            }
        };
    }
}
