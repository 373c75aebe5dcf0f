package io.mcpguard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.ProfileId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiKeyIssuerTest {

    private final KeyFixture fixture = new KeyFixture();

    @Test
    void keeps_a_hash_and_never_the_key() {
        IssuedKey issued = fixture.issue(Duration.ofDays(90));

        ApiKeyRecord kept = fixture.store.find(issued.key().id()).orElseThrow();

        assertThat(kept.profile()).isEqualTo(KeyFixture.PROFILE);
        assertThat(kept.created()).isEqualTo(fixture.clock.instant());
        assertThat(kept.expires()).contains(fixture.clock.instant().plus(Duration.ofDays(90)));
        assertThat(kept.state()).isEqualTo(State.ACTIVE);
        assertThat(kept.hash().text()).startsWith("hmac-sha256:k1:");
        String secret = issued.key().reveal().substring(19);
        assertThat(kept.toString() + kept.hash().text() + issued).doesNotContain(secret);
    }

    @Test
    void refuses_a_profile_that_is_not_there() {
        assertThatThrownBy(() -> fixture.issuer.issue(new ProfileId("nobody"), ApiKey.Kind.LIVE, Optional.empty(), ""))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("There is no profile nobody. Run: mcp-guard profile list");
        assertThat(fixture.store.records()).isEmpty();
    }

    @Test
    void refuses_a_third_usable_key() {
        IssuedKey first = fixture.issue();
        IssuedKey second = fixture.issue();

        assertThatThrownBy(fixture::issue)
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining(first.key().id())
                .hasMessageContaining(second.key().id());
        assertThat(fixture.store.records()).hasSize(2);

        fixture.issuer.revoke(first.key().id());
        fixture.issue();
        assertThat(fixture.store.records()).hasSize(3);
    }

    @Test
    void expired_keys_and_other_profiles_do_not_count() {
        fixture.issue(Duration.ofHours(1));
        fixture.issue(Duration.ofHours(1));
        fixture.issuer.issue(KeyFixture.OTHER, ApiKey.Kind.LIVE, Optional.empty(), "");

        fixture.clock.advance(Duration.ofHours(1));

        fixture.issue();
        assertThat(fixture.store.records()).hasSize(4);
    }

    @Test
    void a_rotated_key_has_the_profile_kind_and_lifetime_of_the_old_one() {
        IssuedKey old =
                fixture.issuer.issue(KeyFixture.PROFILE, ApiKey.Kind.TEST, Optional.of(Duration.ofDays(30)), "ci");
        fixture.clock.advance(Duration.ofDays(29));
        Instant now = fixture.clock.instant();

        IssuedKey next = fixture.issuer.rotate(old.key().id(), Duration.ofHours(2));

        assertThat(next.record().profile()).isEqualTo(KeyFixture.PROFILE);
        assertThat(next.record().kind()).isEqualTo(ApiKey.Kind.TEST);
        assertThat(next.record().comment()).isEqualTo("ci");
        assertThat(next.record().expires()).contains(now.plus(Duration.ofDays(30)));
        ApiKeyRecord replaced = fixture.store.find(old.key().id()).orElseThrow();
        assertThat(replaced.supersededBy()).contains(next.key().id());
        assertThat(replaced.expires()).contains(now.plus(Duration.ofHours(2)));
    }

    @Test
    void an_overlap_never_makes_the_old_key_live_longer() {
        IssuedKey old = fixture.issue(Duration.ofHours(3));

        fixture.issuer.rotate(old.key().id(), Duration.ofDays(1));

        assertThat(fixture.store.find(old.key().id()).orElseThrow().expires())
                .contains(fixture.clock.instant().plus(Duration.ofHours(3)));
    }

    @Test
    void only_a_usable_key_that_is_not_yet_replaced_can_be_rotated() {
        IssuedKey old = fixture.issue();
        IssuedKey next = fixture.issuer.rotate(old.key().id(), Duration.ZERO);

        assertThatThrownBy(() -> fixture.issuer.rotate(old.key().id(), Duration.ZERO))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining("already replaced by " + next.key().id());
        fixture.issuer.suspend(next.key().id());
        assertThatThrownBy(() -> fixture.issuer.rotate(next.key().id(), Duration.ZERO))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining("key-suspended");
        assertThatThrownBy(() -> fixture.issuer.rotate("00000000", Duration.ZERO))
                .isInstanceOf(KeyRefusedException.class);
        assertThatThrownBy(() -> fixture.issuer.rotate(next.key().id(), Duration.ofSeconds(-1)))
                .isInstanceOf(KeyRefusedException.class);
        assertThat(fixture.store.records()).hasSize(2);
    }

    @Test
    void a_rotation_during_an_overlap_waits_for_its_end() {
        IssuedKey first = fixture.issue();
        IssuedKey second = fixture.issuer.rotate(first.key().id(), Duration.ofHours(1));

        assertThatThrownBy(() -> fixture.issuer.rotate(second.key().id(), Duration.ofHours(1)))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining("2 usable keys");

        fixture.clock.advance(Duration.ofHours(1));
        fixture.issuer.rotate(second.key().id(), Duration.ofHours(1));
        assertThat(fixture.store.records()).hasSize(3);
    }

    @Test
    void a_revoked_key_never_comes_back() {
        IssuedKey issued = fixture.issue();
        fixture.issuer.revoke(issued.key().id());
        fixture.issuer.revoke(issued.key().id());

        assertThatThrownBy(() -> fixture.issuer.resume(issued.key().id())).isInstanceOf(KeyRefusedException.class);
        assertThatThrownBy(() -> fixture.issuer.suspend(issued.key().id())).isInstanceOf(KeyRefusedException.class);
        assertThat(fixture.store.find(issued.key().id()).orElseThrow().state()).isEqualTo(State.REVOKED);
    }

    @Test
    void resuming_does_not_get_around_the_two_usable_keys() {
        IssuedKey first = fixture.issue();
        fixture.issuer.suspend(first.key().id());
        fixture.issue();
        fixture.issue();

        assertThatThrownBy(() -> fixture.issuer.resume(first.key().id())).isInstanceOf(KeyRefusedException.class);
        assertThat(fixture.store.find(first.key().id()).orElseThrow().state()).isEqualTo(State.SUSPENDED);
    }

    @Test
    void without_a_pepper_no_key_is_issued() {
        ApiKeyIssuer issuer = new ApiKeyIssuer(fixture.store, new MemoryKeySource(), fixture.random, fixture.clock);

        assertThatThrownBy(() -> issuer.issue(KeyFixture.PROFILE, ApiKey.Kind.LIVE, Optional.empty(), ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("run: mcp-guard init");
        assertThat(fixture.store.records()).isEmpty();
    }
}
