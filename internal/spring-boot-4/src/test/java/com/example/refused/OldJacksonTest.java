package com.example.refused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service with the Jackson that Spring Boot managed up to 3.5.12. */
@Tag("old-jackson")
@ExtendWith(OutputCaptureExtension.class)
class OldJacksonTest {

    @Test
    void annotations_that_are_too_old_are_named_with_the_property_to_set(CapturedOutput output) {
        assertThat(Refusal.of(output))
                .contains(
                        "mcp-guard does not start with this class path",
                        "jackson-annotations 2.19.4",
                        "set the property jackson-bom.version of the service's build to 2.21.4");
    }
}
