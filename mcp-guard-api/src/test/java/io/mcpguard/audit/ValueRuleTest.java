package io.mcpguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.ValueRule.Keep;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "body", "body/a", "/body/~", "/body/~2", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"})
    void a_pointer_that_is_none_is_refused_with_a_sentence(String pointer) {
        assertThatThrownBy(() -> ValueRule.of("getOrder", pointer, Keep.CLEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pointer + "'")
                .hasMessageContaining("/path/orderId");
    }

    @Test
    void an_operation_or_group_that_is_none_is_refused() {
        assertThatThrownBy(() -> ValueRule.of("get order", "/a", Keep.CLEAR)).hasMessageContaining("'get order'");
        assertThatThrownBy(() -> ValueRule.correlating("*", "/a", "Order Id")).hasMessageContaining("'Order Id'");
    }

    @ParameterizedTest
    @CsvSource({
        "/body/items/*/sku, body|items|0|sku, true, true",
        "/body/items/*/sku, body|items|0|name, false, false",
        "/body/items, body|items|0|sku, false, true",
        "/body/items/0/sku, body|items, false, false",
        "/header/x-trace, header|X-Trace, true, true",
        "/query/status, query|Status, false, false",
        "/body/a~1b~0c, body|a/b~c, true, true"
    })
    void clear_opens_a_value_and_everything_else_covers_what_is_below(
            String pointer, String path, boolean clear, boolean drop) {
        List<String> tokens = List.of(path.split("\\|"));

        assertThat(ValueRule.of("*", pointer, Keep.CLEAR).covers(tokens)).isEqualTo(clear);
        assertThat(ValueRule.of("*", pointer, Keep.DROP).covers(tokens)).isEqualTo(drop);
    }

    @Test
    void the_stricter_of_two_keeps_less() {
        assertThat(Keep.CLEAR.orStricter(Keep.MASK)).isEqualTo(Keep.MASK);
        assertThat(Keep.HMAC.orStricter(Keep.MASK)).isEqualTo(Keep.HMAC);
        assertThat(Keep.HMAC.orStricter(Keep.DROP)).isEqualTo(Keep.DROP);
    }

    @Test
    void a_profile_cannot_open_a_value() {
        Profile.Builder profile =
                Profile.builder(new ProfileId("p"), new Client(new ClientId("c"), "C", State.ENABLED));

        assertThatThrownBy(() -> profile.values(List.of(ValueRule.of("*", "/body/a", Keep.CLEAR)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/body/a");
        assertThatThrownBy(() -> profile.values(List.of(ValueRule.correlating("*", "/body/a", "a")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
