package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that all formats translate: code, severity, activity, alert. */
class EventWordsTest {

    @Test
    void codes_are_few_whatever_callers_send() {
        Set<String> codes = new HashSet<>();
        for (String sent : List.of("tools/call", "TOOLS/CALL", "forged|1|\n", "x".repeat(5000), "", "PROPFIND")) {
            for (Channel channel : List.of(Channel.MCP, Channel.REST)) {
                codes.add(EventCode.of(EmittedEvents.filled(sent, sent, Stage.DENIED, channel)));
            }
        }

        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "mcp.tools.call.denied", "rest.tools.call.denied", "mcp.other.denied", "rest.other.denied");
        assertThat(Stream.of("checkpoint", "A notice\n", "x".repeat(64))
                        .map(method -> EventCode.of(SampleEvents.self(1, method, Map.of()))))
                .containsExactly("self.checkpoint.notice", "self.other.notice", "self.other.notice");
    }

    @Test
    void severity_says_how_much_somebody_should_care() {
        assertThat(Severity.of(SampleEvents.outcomeSuccess())).isEqualTo(Severity.INFORMATIONAL);
        assertThat(Severity.of(SampleEvents.admin())).isEqualTo(Severity.INFORMATIONAL);
        assertThat(Severity.of(SampleEvents.notice())).isEqualTo(Severity.INFORMATIONAL);
        assertThat(Severity.of(SampleEvents.outcomeFailed())).isEqualTo(Severity.LOW);
        assertThat(Severity.of(SampleEvents.rateLimited())).isEqualTo(Severity.LOW);
        assertThat(Severity.of(SampleEvents.deniedByScope())).isEqualTo(Severity.MEDIUM);
        assertThat(Severity.of(SampleEvents.unauthenticated())).isEqualTo(Severity.MEDIUM);
        assertThat(Severity.of(SampleEvents.orphaned())).isEqualTo(Severity.MEDIUM);
        assertThat(Severity.of(SampleEvents.fault())).isEqualTo(Severity.HIGH);
        assertThat(Severity.of(SampleEvents.unrecorded())).isEqualTo(Severity.HIGH);
        assertThat(Severity.of(started("none"))).isEqualTo(Severity.INFORMATIONAL);
        assertThat(Severity.of(started("missing"))).isEqualTo(Severity.HIGH);
        assertThat(Severity.of(started("damaged"))).isEqualTo(Severity.HIGH);
    }

    @Test
    void an_alert_is_an_attempt_beyond_the_scope_or_a_record_that_is_not_whole() {
        assertThat(SampleEvents.all().entrySet())
                .filteredOn(one -> Severity.isAlert(one.getValue()))
                .extracting(Map.Entry::getKey)
                .containsExactly("denied-by-scope", "fault");
        assertThat(Severity.isAlert(started("damaged"))).isTrue();
    }

    @Test
    void activity_is_that_of_the_operation_over_both_doors() {
        for (AuditEvent event : EmittedEvents.requests()) {
            Activity expected = switch (event.target().operationId()) {
                case "getOrder", "greeting", "terms" -> Activity.READ;
                case "placeOrder" -> Activity.CREATE;
                case "patchOrder" -> Activity.UPDATE;
                case "deleteOrder" -> Activity.DELETE;
                default -> Activity.of(event);
            };
            assertThat(Activity.of(event)).as(event.toString()).isEqualTo(expected);
        }
        assertThat(EmittedEvents.requests())
                .filteredOn(event -> event.target().operationId().equals("list_endpoints")
                        && event.method().equals("tools/call")
                        && event.verdict().detail().equals("discovery"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(Activity.of(event)).isEqualTo(Activity.READ));
    }

    private static AuditEvent started(String tip) {
        return SampleEvents.self(1, "journal-started", Map.of("/previous/tip", tip));
    }
}
