package io.mcpguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditReporterTest {

    @Test
    void says_what_it_was_told() {
        AuditReporter reporter =
                AuditReporter.of("orders").onNode("node-1").atVersion("2.4.0").inEnvironment("production");

        assertThat(reporter)
                .isEqualTo(new AuditReporter(
                        "orders", Optional.of("node-1"), Optional.of("2.4.0"), Optional.of("production")));
        assertThat(AuditReporter.of("orders").node()).isEmpty();
    }

    @Test
    void refuses_names_that_would_break_a_header() {
        AuditReporter reporter = AuditReporter.of("orders");

        for (String name : List.of("", "two words", "a\nb", "caf\u00e9", "x".repeat(256))) {
            assertThatThrownBy(() -> AuditReporter.of(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reporter.onNode(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reporter.atVersion(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reporter.inEnvironment(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
