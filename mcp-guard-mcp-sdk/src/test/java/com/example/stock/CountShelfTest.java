package com.example.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.testkit.RecordingCall;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountShelfTest {

    @Test
    void counts_a_shelf() throws Exception {
        ToolFeature tool = (ToolFeature)
                new StockFeatures(Map.of("A1", 5)).published().get(0).features().get(0);
        RecordingCall call =
                RecordingCall.builder().arguments(Map.of("shelf", "A1")).build();

        ToolAnswer answer = tool.handler().handle(call).toCompletableFuture().join();

        assertThat(((ToolAnswer.Result) answer).structured())
                .isEqualTo(Optional.of(new ToolAnswer.Structured(Map.of("pieces", 5))));
    }
}
