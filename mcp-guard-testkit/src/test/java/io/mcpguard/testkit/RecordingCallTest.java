package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.feature.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecordingCallTest {

    @Test
    void keeps_what_the_handler_tells_the_client() {
        RecordingCall call = RecordingCall.builder().build();

        call.progress(1, OptionalDouble.of(2), "half");
        call.log(LogLevel.NOTICE, "stock", "low");

        assertThat(call.progressed()).containsExactly(new RecordingCall.Progress(1, OptionalDouble.of(2), "half"));
        assertThat(call.logged()).containsExactly(new RecordingCall.Message(LogLevel.NOTICE, "stock", "low"));
    }

    @Test
    void is_what_it_was_built_of() {
        RecordingCall call = RecordingCall.builder()
                .arguments(Map.of("id", 7))
                .uri("orders://7")
                .clientCan(ClientCapability.ROOTS)
                .input("name", "Ann")
                .state("second")
                .build();

        assertThat(call.arguments()).isEqualTo(Map.of("id", 7));
        assertThat(call.uri()).isEqualTo("orders://7");
        assertThat(call.clientCan(ClientCapability.ROOTS)).isTrue();
        assertThat(call.clientCan(ClientCapability.SAMPLING)).isFalse();
        assertThat(call.input("name")).contains("Ann");
        assertThat(call.input("other")).isEmpty();
        assertThat(call.state()).contains("second");
    }

    @Test
    void a_cancelled_call_runs_each_action_once_and_a_later_one_at_once() {
        List<String> ran = new ArrayList<>();
        RecordingCall call = RecordingCall.builder().build();
        call.onCancel(() -> ran.add("early"));
        assertThat(call.cancelled()).isFalse();

        call.cancel();
        call.cancel();
        call.onCancel(() -> ran.add("late"));

        assertThat(call.cancelled()).isTrue();
        assertThat(ran).containsExactly("early", "late");
    }
}
