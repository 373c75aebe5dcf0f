package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.DenyRule;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileWarningsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Client CLIENT = new Client(new ClientId("claude"), "Claude", State.ENABLED);

    private static Profile.Builder careful() {
        return Profile.builder(new ProfileId("reader"), CLIENT)
                .owner("Dana")
                .valid(null, NOW.plus(Duration.ofDays(90)))
                .grants(List.of(new Grant("orders", Set.of("getOrder"), Set.of("GET"))))
                .limits(List.of(new Limit.Concurrency("at-once", 4)));
    }

    private static DenyRule rule(boolean trial) {
        return new DenyRule(
                "no-export",
                Optional.of("exports"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                trial);
    }

    @Test
    void a_careful_profile_gives_no_warning() {
        assertThat(ProfileWarnings.of(careful().denials(List.of(rule(false))).build(), NOW))
                .isEmpty();
    }

    @Test
    void names_what_is_worth_a_second_look() {
        assertThat(warning(careful().grants(List.of()))).contains("opens nothing");
        assertThat(warning(careful().grants(List.of(new Grant("orders", Set.of("*"), Set.of("GET"))))))
                .contains("opens every operation of product 'orders', those to come as well");
        assertThat(warning(careful().limits(List.of()))).contains("has no limits");
        assertThat(warning(careful().valid(null, null))).contains("never expires");
        assertThat(warning(careful().valid(null, NOW))).contains("has expired");
        assertThat(warning(careful().valid(null, NOW.plus(Duration.ofDays(30)))))
                .contains("within 30 days");
        assertThat(warning(careful().state(State.SUSPENDED))).contains("suspended");
        assertThat(warning(careful().owner(""))).contains("has no owner");
        assertThat(warning(careful().denials(List.of(rule(true)))))
                .contains("on trial")
                .endsWith("no-export");
    }

    @Test
    void names_profiles_on_trial_and_no_others() {
        Profile trial = careful().trial(true).denials(List.of(rule(false))).build();

        assertThat(ProfileWarnings.onTrial(List.of(careful().build(), trial)))
                .containsExactly("profile reader has rules on trial, which refuse nothing: no-export");
    }

    @Test
    void names_rules_that_close_nothing_because_the_service_has_no_such_thing() {
        assertThat(UnmatchedGrants.unknownTo(
                        List.of(careful().denials(List.of(rule(false))).build()), Set.of("orders"), Set.of("getOrder")))
                .containsExactly("profile reader has the rule no-export to deny product 'exports', which this service"
                        + " does not have");
    }

    private static String warning(Profile.Builder profile) {
        List<String> warnings = ProfileWarnings.of(profile.build(), NOW);
        assertThat(warnings).hasSize(1);
        return warnings.get(0);
    }
}
