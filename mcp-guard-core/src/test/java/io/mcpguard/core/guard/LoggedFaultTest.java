package io.mcpguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.error.InvocationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoggedFaultTest {

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void types_and_places_are_told_and_messages_are_not() {
        IllegalStateException cause = new IllegalStateException("no card 4111");
        IllegalArgumentException failure = new IllegalArgumentException("customer alice", cause);
        failure.addSuppressed(new ArithmeticException("pin 1234"));

        Throwable logged = LoggedFault.of(failure);

        assertThat(printed(logged))
                .doesNotContain("alice", "4111", "1234")
                .contains("IllegalArgumentException", "IllegalStateException", "ArithmeticException")
                .contains("LoggedFaultTest.types_and_places_are_told");
        assertThat(Arrays.asList(logged.getStackTrace())).isEqualTo(Arrays.asList(failure.getStackTrace()));
    }

    @Test
    void what_the_guard_itself_says_is_told() {
        Throwable logged = LoggedFault.of(InvocationException.timeout("call 7 took too long"));

        assertThat(printed(logged)).contains("call 7 took too long");
    }

    @Test
    void a_failure_that_caused_itself_ends() {
        IllegalStateException one = new IllegalStateException("alice");
        one.initCause(new IllegalArgumentException("bob", one));

        assertThat(printed(LoggedFault.of(one)))
                .contains("IllegalArgumentException")
                .doesNotContain("alice", "bob");
    }
}
