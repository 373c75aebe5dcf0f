package io.mcpguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.audit.ValueRule.Keep;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnmatchedRulesTest {

    private final UnmatchedRules unmatched = new UnmatchedRules(Published.catalog(), Features.of(List.of()));

    private List<String> of(ValueRule... rules) {
        return unmatched.in(new ValuePolicy("", List.of(rules)), List.of());
    }

    @Test
    void a_rule_that_matches_something_is_not_mentioned() {
        assertThat(of(
                        ValueRule.of("createOrder", "/body/sku", Keep.CLEAR),
                        ValueRule.of("*", "/body/quantity", Keep.CLEAR),
                        ValueRule.of("getOrder", "/path/orderId", Keep.MASK),
                        ValueRule.of("getOrder", "/path/orderId/*", Keep.MASK),
                        ValueRule.of("createOrder", "/body", Keep.DROP),
                        ValueRule.of("*", "/*/orderId", Keep.DROP)))
                .isEmpty();
    }

    @Test
    void a_rule_that_can_match_nothing_is_named() {
        assertThat(of(
                        ValueRule.of("createOrder", "/body/skuu", Keep.CLEAR),
                        ValueRule.of("*", "/header/X-None", Keep.DROP),
                        ValueRule.of("deletOrder", "/path/orderId", Keep.DROP),
                        ValueRule.of("getOrder", "/body", Keep.DROP),
                        ValueRule.of("createOrder", "/body/sku/deeper", Keep.DROP)))
                .containsExactly(
                        "the rule for audit values at /body/skuu matches no argument that 'createOrder' declares",
                        "the rule for audit values at /header/X-None matches no argument that an operation declares",
                        "the rule for audit values at /path/orderId is for 'deletOrder', which this service does not have",
                        "the rule for audit values at /body matches no argument that 'getOrder' declares",
                        "the rule for audit values at /body/sku/deeper matches no argument that 'createOrder' declares");
    }

    @Test
    void the_profile_of_a_rule_is_named() {
        Profile profile = Profile.builder(new ProfileId("reader"), new Client(new ClientId("c"), "C", State.ENABLED))
                .values(List.of(ValueRule.of("*", "/body/none", Keep.DROP)))
                .build();

        assertThat(unmatched.in(ValuePolicy.STANDARD, List.of(profile)))
                .containsExactly(
                        "profile reader has a rule for values at /body/none, which matches no argument that an operation"
                                + " declares");
    }
}
