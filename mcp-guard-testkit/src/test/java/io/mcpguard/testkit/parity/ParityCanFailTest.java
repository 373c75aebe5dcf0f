package io.mcpguard.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.testkit.parity.Shop.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** Compares the doors of a service that has been made to treat one of them differently, and sees that the report says so. */
class ParityCanFailTest {

    private static final ParityCaller READER = ParityCaller.key("reader", "client", "reader", "reader");
    private static final ParityCaller ADMIN = ParityCaller.key("admin", "client", "admin", "admin");
    private static final ParityCaller NOBODY = ParityCaller.of("nobody", "client", "reader");

    @Test
    void passes_where_both_doors_are_the_same() {
        Map<String, Throwable> failures = new LinkedHashMap<>();

        int tests = run(UnaryOperator.identity(), failures);

        assertThat(failures).isEmpty();
        assertThat(tests).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OTHER_STATUS                | as reader: getOrder          | status: REST 200, MCP 500
            OTHER_BODY                  | as reader: getOrder          | body /lines/0/price differs: REST 12, MCP 13
            OTHER_TYPE                  | as reader: getOrder          | content type: REST application/json, MCP application/json; v=2
            NO_RECORD                   | as reader: getOrder          | record: MCP left none
            OTHER_PRINCIPAL             | as reader: getOrder          | record INTENT, principal: REST svc-reader, MCP nobody-else
            OTHER_REASON                | as nobody: getOrder (not open) | record DENIED, reason: REST unauthenticated, MCP rule-refused
            TAKES_TWICE                 | as reader: getOrder          | limit per-minute: REST left 999, the same call over MCP 997 instead of 998
            TAKES_NOTHING               | as reader: getOrder          | limits: REST took [profile reader per-minute], MCP []
            COUNTS_ELSEWHERE            | as reader: getOrder          | MCP [profile reader-mcp per-minute]
            KEEPS_PERMIT                | as reader: getOrder          | permits were not given back
            OPENS_EVERYTHING            | as reader: report (not open) | MCP did not refuse what the caller is not shown
            REFUSES_WITH_SERVICE_STATUS | as reader: report (not open) | record DENIED, reason: REST operation-not-available, MCP refused-by-service
            """)
    void fails_where_they_differ(Fault fault, String test, String says) {
        Map<String, Throwable> failures = new LinkedHashMap<>();

        run(UnaryOperator.identity(), failures, fault);

        assertThat(failures).containsKey(test);
        assertThat(failures.get(test))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(says)
                .hasMessageContaining("REST said")
                .hasMessageContaining("MCP said");
    }

    @Test
    void counts_without_a_meter_by_what_is_left() {
        for (Fault fault : List.of(Fault.TAKES_TWICE, Fault.TAKES_NOTHING)) {
            Map<String, Throwable> failures = new LinkedHashMap<>();

            try (Shop shop = new Shop(fault)) {
                play(
                        "",
                        Parity.of(shop.uri())
                                .trail(shop::trail)
                                .caller(READER)
                                .ignoring("placeOrder", "/lines/*/number")
                                .tests()
                                .toList(),
                        failures);
            }

            assertThat(failures.get("as reader: getOrder")).hasMessageContaining("limit per-minute: REST left");
        }
    }

    @Test
    void what_a_call_makes_up_is_a_difference_until_it_is_ignored() {
        try (Shop shop = new Shop()) {
            Map<String, Throwable> failures = new LinkedHashMap<>();

            play(
                    "",
                    Parity.of(shop.uri())
                            .trail(shop::trail)
                            .caller(READER)
                            .tests()
                            .toList(),
                    failures);

            assertThat(failures).containsOnlyKeys("as reader: placeOrder");
            assertThat(failures.get("as reader: placeOrder"))
                    .hasMessageContaining("body /lines/0/number differs: REST 1, MCP 2");
            assertThat(shop.placed()).isEqualTo(2);
        }
    }

    @Test
    void resets_before_each_of_the_two_calls() {
        List<String> resets = new ArrayList<>();

        run(
                parity -> parity.reset(resets::add).skip("report", "slow").skip("placeOrder", "costs money"),
                new LinkedHashMap<>());

        assertThat(resets).containsExactly("getOrder", "getOrder", "getOrder", "getOrder", "getOrder", "getOrder");
    }

    @Test
    void what_is_skipped_is_seen_to_be_skipped() {
        Map<String, Throwable> failures = new LinkedHashMap<>();

        run(parity -> parity.skip("report", "takes a minute"), failures);

        assertThat(failures)
                .containsOnlyKeys(
                        "as reader: report is skipped: takes a minute",
                        "as admin: report is skipped: takes a minute",
                        "as nobody: report is skipped: takes a minute");
        assertThat(failures.values())
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(TestAbortedException.class)
                        .hasMessageContaining("takes a minute"));
    }

    @Test
    void says_when_there_is_nothing_to_compare() {
        assertThatThrownBy(() -> run(UnaryOperator.identity(), new LinkedHashMap<>(), Fault.KNOWS_NOBODY))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no caller is shown any operation")
                .hasMessageContaining("[reader, admin, nobody]");
        assertThatThrownBy(() -> run(UnaryOperator.identity(), new LinkedHashMap<>(), Fault.SHOWS_NOTHING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no caller is shown any operation");
    }

    @Test
    void says_when_it_is_told_of_operations_that_nobody_is_shown() {
        assertThatThrownBy(() -> run(parity -> parity.skip("getOrders", "typo"), new LinkedHashMap<>()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no caller is shown [getOrders]");
    }

    @Test
    void says_what_is_missing_to_compare_at_all() {
        assertThatThrownBy(() ->
                        Parity.of(java.net.URI.create("http://127.0.0.1:1")).tests())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("caller(");
        assertThatThrownBy(() -> Parity.of(java.net.URI.create("http://127.0.0.1:1"))
                        .caller(READER)
                        .tests())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("trail(");
        assertThatThrownBy(() ->
                        Parity.of(java.net.URI.create("http://127.0.0.1:1")).skip("getOrder", " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_caller_does_not_show_its_credential() {
        assertThat(READER.toString()).isEqualTo("reader");
        assertThat(ParityCaller.basic("bob", "c", "p", "bob", "secret").restHeaders())
                .containsEntry("Authorization", "Basic Ym9iOnNlY3JldA==");
    }

    private static int run(UnaryOperator<Parity> more, Map<String, Throwable> failures, Fault... faults) {
        try (Shop shop = new Shop(faults)) {
            Parity parity = Parity.of(shop.uri())
                    .trail(shop::trail)
                    .limits(shop.meter())
                    .patience(Duration.ofMillis(50))
                    .caller(READER)
                    .caller(ADMIN)
                    .caller(NOBODY)
                    .ignoring("placeOrder", "/lines/*/number");
            return play("", more.apply(parity).tests().toList(), failures);
        }
    }

    /** Runs the tests as JUnit does, and keeps what each threw. */
    private static int play(String prefix, Iterable<? extends DynamicNode> nodes, Map<String, Throwable> failures) {
        int tests = 0;
        for (DynamicNode node : nodes) {
            if (node instanceof DynamicContainer container) {
                tests += play(
                        node.getDisplayName() + ": ", container.getChildren().toList(), failures);
            } else {
                tests++;
                try {
                    ((DynamicTest) node).getExecutable().execute();
                } catch (Throwable e) {
                    failures.put(prefix + node.getDisplayName(), e);
                }
            }
        }
        return tests;
    }
}
