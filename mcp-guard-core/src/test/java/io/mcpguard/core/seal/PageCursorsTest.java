package io.mcpguard.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.profile.Profile;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageCursorsTest {

    private static final List<String> TOOLS = List.of("tools/list", "digest");

    private final SettableClock clock = new SettableClock();
    private final PageCursors cursors = new PageCursors(new Seal(FixedKeySource.random(), clock, new SecureRandom()));
    private final Caller alice = caller("alice", Principal.Source.HOST, "token-1", profile("reader", "1"));
    private final String cursor = cursors.at(50, alice, TOOLS);

    private static Profile profile(String id, String version) {
        return OrdersTools.profile(id, version, Set.of("*"), Set.of("GET"));
    }

    private static Caller caller(String name, Principal.Source source, String credential, Profile profile) {
        return new Caller(new Principal(name, Set.of(), source, credential), profile);
    }

    @Test
    void leads_to_its_page() {
        assertThat(cursors.offset(cursor, alice, TOOLS)).hasValue(50);
    }

    @Test
    void outlives_the_credential_it_was_asked_with() {
        Caller renewed = caller("alice", Principal.Source.HOST, "token-2", profile("reader", "1"));

        assertThat(cursors.offset(cursor, renewed, TOOLS)).hasValue(50);
    }

    @Test
    void is_no_cursor_of_another_caller() {
        List<Caller> others = List.of(
                caller("bob", Principal.Source.HOST, "token-1", profile("reader", "1")),
                caller("alice", Principal.Source.GUARD, "token-1", profile("reader", "1")),
                caller("alice", Principal.Source.HOST, "token-1", profile("writer", "1")),
                caller("alice", Principal.Source.HOST, "token-1", profile("reader", "2")));

        assertThat(others)
                .allSatisfy(other ->
                        assertThat(cursors.offset(cursor, other, TOOLS)).isEmpty());
    }

    @Test
    void is_no_cursor_of_another_listing() {
        List<List<String>> others = List.of(
                List.of("prompts/list", "digest"),
                List.of("tools/list", "digest2"),
                List.of("tools/listdigest"),
                List.of("tools/list"),
                List.of("tools/list", "digest", ""),
                List.of());

        assertThat(others)
                .allSatisfy(other ->
                        assertThat(cursors.offset(cursor, alice, other)).isEmpty());
    }

    @Test
    void ends_after_an_hour() {
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(cursors.offset(cursor, alice, TOOLS)).hasValue(50);

        clock.advance(Duration.ofMillis(1));
        assertThat(cursors.offset(cursor, alice, TOOLS)).isEmpty();
    }
}
