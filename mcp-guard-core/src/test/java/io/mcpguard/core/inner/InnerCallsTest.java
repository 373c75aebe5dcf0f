package io.mcpguard.core.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InnerCallsTest {

    private final SettableClock clock = new SettableClock();
    private final InnerCalls<Object> calls = new InnerCalls<>(clock, new SecureRandom(), 3);

    @Test
    void a_nonce_finds_its_call_once() {
        OperationCall call = call();
        String nonce = calls.open(call);

        assertThat(calls.claim(nonce)).map(InnerCall::call).contains(call);
        assertThat(calls.claim(nonce)).isEmpty();
        assertThat(calls.close(nonce)).as("unclaimed at the end").isFalse();
    }

    @Test
    void a_nonce_that_was_never_given_out_finds_nothing() {
        calls.open(call());

        for (String forged : List.of("", "x", "0".repeat(32), "0".repeat(31), "0".repeat(10_000), "\u0000")) {
            assertThat(calls.claim(forged)).as(forged).isEmpty();
        }
    }

    @Test
    void a_nonce_ends_with_the_time_of_its_call() {
        String nonce = calls.open(call());

        clock.advance(Duration.ofSeconds(30));

        assertThat(calls.claim(nonce)).isEmpty();
    }

    @Test
    void a_withdrawn_nonce_finds_nothing() {
        String nonce = calls.open(call());

        assertThat(calls.close(nonce)).as("unclaimed at the end").isTrue();
        assertThat(calls.claim(nonce)).isEmpty();
    }

    @Test
    void more_calls_than_the_bound_are_refused_until_old_ones_expire() {
        for (int i = 0; i < 3; i++) {
            calls.open(call());
        }

        assertThatThrownBy(() -> calls.open(call()))
                .isInstanceOf(InvocationException.class)
                .extracting(e -> ((InvocationException) e).code())
                .isEqualTo("invoker-overloaded");
        clock.advance(Duration.ofSeconds(31));
        assertThat(calls.open(call())).hasSize(32);
    }

    @Test
    void nonces_are_of_128_bits_and_do_not_repeat() {
        InnerCalls<Object> many = new InnerCalls<>(clock, new SecureRandom(), 10_000);
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(many.open(call()));
        }

        assertThat(nonces).hasSize(10_000).allMatch(nonce -> nonce.matches("[0-9a-f]{32}"));
    }

    private static OperationCall call() {
        CallOrigin origin = new CallOrigin("127.0.0.1", 1, "http", false, "localhost", 80, "127.0.0.1", 80, List.of());
        return OperationCall.builder(UUID.randomUUID(), "GET", "/x", origin).build();
    }
}
