package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Operation;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link DecisionRule}. Extend it and give examples of what the rule decides.
 *
 * <p>What cannot be tested here: DR-2, since it is the guard that turns an exception into a refusal.
 *
 * @since 0.1
 */
public abstract class DecisionRuleContract {

    /** For subclasses. */
    protected DecisionRuleContract() {}

    /**
     * One example.
     *
     * @param caller who asks
     * @param operation what for
     * @param allowed whether the rule leaves it to the next one
     * @since 0.1
     */
    public record Example(Caller caller, Operation operation, boolean allowed) {
        public Example {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(operation, "operation");
        }
    }

    /**
     * Makes the rule under test.
     *
     * @return a new rule
     */
    protected abstract DecisionRule newRule();

    /**
     * Gives examples of what it decides.
     *
     * @return at least one that is allowed and one that is denied
     */
    protected abstract List<Example> examples();

    @Test
    @DisplayName("DR-1 each example is decided as it says")
    void decides_the_examples() {
        DecisionRule rule = newRule();

        assertThat(examples()).extracting(Example::allowed).contains(true, false);
        for (Example each : examples()) {
            Decision decision = rule.decide(each.caller(), each.operation());
            assertThat(decision instanceof Decision.Allow)
                    .as("%s", each.operation())
                    .isEqualTo(each.allowed());
        }
    }

    @Test
    @DisplayName("DR-1 equal input gives equal output, in any order and however often")
    void decides_the_same_again() {
        DecisionRule rule = newRule();
        List<Example> shuffled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            shuffled.addAll(examples());
        }
        Collections.shuffle(shuffled, new Random(20_260_101));

        for (Example each : shuffled) {
            Decision again = rule.decide(each.caller(), each.operation());
            assertThat(again).isEqualTo(newRule().decide(each.caller(), each.operation()));
            assertThat(again instanceof Decision.Allow).isEqualTo(each.allowed());
        }
    }

    @Test
    @DisplayName("DR-3 ten thousand decisions take less than two seconds")
    void is_quick() {
        DecisionRule rule = newRule();
        List<Example> examples = examples();
        long before = System.nanoTime();

        int denied = 0;
        for (int i = 0; i < 10_000; i++) {
            Example each = examples.get(i % examples.size());
            denied += rule.decide(each.caller(), each.operation()) instanceof Decision.Deny ? 1 : 0;
        }

        assertThat(denied).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("DR-4 many threads at once are answered as one would be")
    void safe_for_many_threads() {
        DecisionRule rule = newRule();

        List<Boolean> right = Together.run(8, () -> {
            boolean all = true;
            for (int i = 0; i < 200; i++) {
                for (Example each : examples()) {
                    all &= each.allowed() == rule.decide(each.caller(), each.operation()) instanceof Decision.Allow;
                }
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }
}
