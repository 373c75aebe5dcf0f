package io.mcpguard.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import org.junit.jupiter.api.Test;

class SyslogFormatTest {

    private final SyslogFormat format = Formats.syslog();

    @Test
    void priority_says_how_bad_it_is_in_the_facility_for_audit() {
        assertThat(priority(SampleEvents.outcomeSuccess())).isEqualTo("110");
        assertThat(priority(SampleEvents.rateLimited())).isEqualTo("109");
        assertThat(priority(SampleEvents.deniedByScope())).isEqualTo("108");
        assertThat(priority(SampleEvents.fault())).isEqualTo("106");
    }

    @Test
    void header_names_the_reporter_and_has_a_hyphen_for_what_is_not_known() {
        SyslogReader read = SyslogReader.read(
                new SyslogFormat(AuditReporter.of("s".repeat(60)), 1).format(SampleEvents.outcomeSuccess()));

        assertThat(read.header().group(3)).isEqualTo("2026-11-22T14:00:00.123456Z");
        assertThat(read.header().group(4)).isEqualTo("-");
        assertThat(read.header().group(5)).isEqualTo("s".repeat(48));
        assertThat(read.header().group(6)).isEqualTo("-");
        assertThat(read.header().group(7)).isEqualTo("mcp.tools.call");
        assertThat(read.id()).isEqualTo("mcpGuard@1");
    }

    @Test
    void what_does_not_fit_is_left_out_whole_and_marked() {
        AuditEvent large = EmittedEvents.filled("\u20ac".repeat(400), "]".repeat(400), Stage.OUTCOME, Channel.MCP);
        int whole = format.withMaxBytes(1 << 20).format(large).getBytes(UTF_8).length;

        for (int bound : new int[] {1024, 2048, 4096, 8192}) {
            String text = format.withMaxBytes(bound).format(large);
            SyslogReader read = SyslogReader.read(text);

            assertThat(text.getBytes(UTF_8).length).isLessThanOrEqualTo(bound);
            assertThat(read.params())
                    .containsEntry("uid", large.id().toString())
                    .containsEntry("isTruncated", "true")
                    .containsEntry("untruncatedSize", Integer.toString(whole));
        }
        assertThat(SyslogReader.read(format.format(SampleEvents.intent())).params())
                .doesNotContainKey("isTruncated");
    }

    @Test
    void a_format_that_is_carried_is_carried_whole_or_not_at_all() {
        SyslogFormat carrying = format.carrying(new JournalJsonFormat());
        String json = new JournalJsonFormat().format(SampleEvents.intent());

        assertThat(SyslogReader.read(carrying.format(SampleEvents.intent())).message())
                .hasValue(json);
        SyslogReader cut = SyslogReader.read(carrying.withMaxBytes(1024).format(SampleEvents.intent()));
        assertThat(cut.message()).isEmpty();
        assertThat(cut.params()).containsEntry("isTruncated", "true").containsKeys("uid", "untruncatedSize");
    }

    @Test
    void refuses_a_number_that_is_nobodys_and_a_bound_that_holds_nothing() {
        for (long number : new long[] {-1, 0, 0x1_0000_0000L}) {
            assertThatThrownBy(() -> new SyslogFormat(SampleEvents.REPORTER, number))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int bytes : new int[] {0, 1023, (1 << 20) + 1}) {
            assertThatThrownBy(() -> format.withMaxBytes(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String priority(AuditEvent event) {
        return SyslogReader.read(format.format(event)).header().group(1);
    }
}
