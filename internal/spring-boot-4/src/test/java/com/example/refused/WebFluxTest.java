package com.example.refused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A reactive service: Netty, and no servlet on the class path. */
@Tag("webflux")
@ExtendWith(OutputCaptureExtension.class)
class WebFluxTest {

    @Test
    void a_reactive_service_is_told_that_the_guard_is_not_for_it(CapturedOutput output) {
        assertThat(Refusal.of(output))
                .contains("mcp-guard does not start with this reactive service", "mcp.guard.enabled=false")
                .doesNotContain("NoClassDefFoundError");
    }
}
