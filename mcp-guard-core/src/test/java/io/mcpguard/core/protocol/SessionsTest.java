package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.protocol.Sessions.Session;
import io.mcpguard.core.seal.Holder;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.core.seal.Use;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionsTest {

    private final SettableClock clock = new SettableClock();
    private final Seal seal = new Seal(FixedKeySource.random(), clock, new SecureRandom());
    private final Sessions sessions = new Sessions(seal);
    private final Caller alice = caller("alice", "key-1", "reader");

    private static Caller caller(String name, String credential, String profile) {
        return new Caller(
                new Principal(name, Set.of(), Principal.Source.HOST, credential),
                OrdersTools.profile(profile, "1", Set.of("*"), Set.of("GET")));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V2026_07_28")
    void says_what_the_handshake_agreed_on(Revision revision) {
        String value = sessions.mint(alice, revision, Optional.of("claude-code\n2.1"));

        assertThat(value).matches("[!-~]{1,500}");
        assertThat(sessions.read(value, alice))
                .isEqualTo(new Session.Known(revision, Optional.of("claude-code\n2.1"), value));
    }

    @Test
    void a_client_without_a_name_has_none() {
        String value = sessions.mint(alice, Revision.V2025_06_18, Optional.empty());

        assertThat(sessions.read(value, alice))
                .isEqualTo(new Session.Known(Revision.V2025_06_18, Optional.empty(), value));
    }

    @Test
    void a_long_name_of_a_client_is_cut_between_characters() {
        String value =
                sessions.mint(alice, Revision.V2025_06_18, Optional.of("x".repeat(99) + "\uD83D\uDE00 and more"));

        assertThat(sessions.read(value, alice))
                .isEqualTo(new Session.Known(Revision.V2025_06_18, Optional.of("x".repeat(99)), value));
    }

    @Test
    void two_handshakes_have_two_keys() {
        assertThat(sessions.mint(alice, Revision.V2025_06_18, Optional.empty()))
                .isNotEqualTo(sessions.mint(alice, Revision.V2025_06_18, Optional.empty()));
    }

    @Test
    void a_renewed_credential_goes_on_with_the_session() {
        String value = sessions.mint(alice, Revision.V2025_06_18, Optional.empty());

        assertThat(sessions.read(value, caller("alice", "key-2", "reader"))).isInstanceOf(Session.Known.class);
    }

    @Test
    void another_caller_has_no_part_in_it() {
        String value = sessions.mint(alice, Revision.V2025_06_18, Optional.empty());

        assertThat(sessions.read(value, caller("bob", "key-1", "reader"))).isEqualTo(new Session.Gone());
        assertThat(sessions.read(value, caller("alice", "key-1", "writer"))).isEqualTo(new Session.Gone());
    }

    @Test
    void is_over_after_a_day() {
        String value = sessions.mint(alice, Revision.V2025_06_18, Optional.empty());

        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(sessions.read(value, alice)).isInstanceOf(Session.Known.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(sessions.read(value, alice)).isEqualTo(new Session.Gone());
    }

    @Test
    void what_was_not_minted_is_gone() {
        String value = sessions.mint(alice, Revision.V2025_06_18, Optional.empty());
        Duration hour = Duration.ofHours(1);

        assertThat(sessions.read("", alice)).isEqualTo(new Session.Gone());
        assertThat(sessions.read("1868a90c-5c4b-4c0e-9f5b-6b1d4a9d0f1e", alice)).isEqualTo(new Session.Gone());
        assertThat(sessions.read(value + "A", alice)).isEqualTo(new Session.Gone());
        assertThat(sessions.read(seal.seal(Use.CURSOR, Holder.of(alice), "2025-06-18", hour), alice))
                .isEqualTo(new Session.Gone());
        assertThat(sessions.read(seal.seal(Use.SESSION, Holder.of(alice), "2026-07-28", hour), alice))
                .isEqualTo(new Session.Gone());
    }
}
