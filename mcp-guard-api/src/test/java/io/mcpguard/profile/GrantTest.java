package io.mcpguard.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.profile.Grant.Fit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Operation GET =
            operation("getOrder", "GET").tags(Set.of("reading", "support")).build();
    private static final Operation SEARCH = operation("searchOrders", "POST")
            .hints(new Hints(true, false, true))
            .build();
    private static final Operation CREATE = operation("createOrder", "POST").build();

    private static Operation.Builder operation(String id, String method) {
        return Operation.builder(new OperationId(id), "orders", method, "/orders");
    }

    private static Grant grant(Optional<Set<String>> tags, boolean readOnly) {
        return new Grant("orders", OperationNames.of(Set.of("*")), Set.of("GET", "POST"), tags, readOnly);
    }

    private static DenyRule deny(Optional<String> product, Optional<Set<String>> methods, Optional<Boolean> readOnly) {
        return new DenyRule("rule", product, Optional.empty(), methods, Optional.empty(), readOnly, false);
    }

    @Test
    void every_part_of_a_grant_must_fit_and_the_first_that_does_not_is_named() {
        assertThat(new Grant("stock", Set.of("*"), Set.of("GET")).fit(GET)).isEqualTo(Fit.OTHER_PRODUCT);
        assertThat(new Grant("orders", Set.of("list*"), Set.of("GET")).fit(GET)).isEqualTo(Fit.OTHER_OPERATION);
        assertThat(new Grant("orders", Set.of("get*"), Set.of("POST")).fit(GET)).isEqualTo(Fit.OTHER_METHOD);
        assertThat(grant(Optional.of(Set.of("billing")), false).fit(GET)).isEqualTo(Fit.OTHER_TAG);
        assertThat(grant(Optional.of(Set.of("billing", "support")), true).fit(GET))
                .isEqualTo(Fit.OPEN);
        assertThat(grant(Optional.of(Set.of("support")), false).fit(CREATE)).isEqualTo(Fit.OTHER_TAG);
    }

    @Test
    void read_only_goes_by_what_the_operation_says_and_not_by_its_method() {
        assertThat(grant(Optional.empty(), true).fit(GET)).isEqualTo(Fit.OPEN);
        assertThat(grant(Optional.empty(), true).fit(SEARCH)).isEqualTo(Fit.OPEN);
        assertThat(grant(Optional.empty(), true).fit(CREATE)).isEqualTo(Fit.NOT_READ_ONLY);
        Operation writingGet = operation("markRead", "GET")
                .hints(new Hints(false, false, true))
                .build();
        assertThat(grant(Optional.empty(), true).covers(writingGet)).isFalse();
    }

    @Test
    void an_empty_list_opens_nothing_and_none_of_tags_is_refused() {
        assertThat(new Grant("orders", Set.of(), Set.of("GET")).covers(GET)).isFalse();
        assertThat(new Grant("orders", Set.of("*"), Set.of()).covers(GET)).isFalse();
        assertThatThrownBy(() -> grant(Optional.of(Set.of()), false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rule_closes_what_everything_it_says_fits() {
        DenyRule writes = deny(Optional.of("orders"), Optional.of(Set.of("POST")), Optional.of(false));

        assertThat(writes.closes(CREATE)).isTrue();
        assertThat(writes.closes(SEARCH)).isFalse();
        assertThat(writes.closes(GET)).isFalse();
        assertThat(deny(Optional.of("stock"), Optional.empty(), Optional.empty())
                        .closes(GET))
                .isFalse();
        assertThat(deny(Optional.empty(), Optional.empty(), Optional.of(true)).closes(GET))
                .isTrue();
    }

    @Test
    void a_rule_that_says_nothing_or_has_an_empty_list_is_refused() {
        assertThatThrownBy(() -> deny(Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> deny(Optional.of("orders"), Optional.of(Set.of()), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
