package io.mcpguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fluenda.parcefone.event.CEFHandlingException;
import com.fluenda.parcefone.event.CommonEvent;
import com.fluenda.parcefone.parser.CEFParser;
import io.mcpguard.audit.AuditEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CEF as a parser that is not ours reads it. */
class CefReadBackTest {

    private final CefFormat format = CefFormat.of(SampleEvents.ORIGIN, 0);

    @Test
    void the_header_reads_back() throws CEFHandlingException {
        Map<String, Object> header = parsed(SampleEvents.deniedByScope()).getHeader();

        assertThat(header)
                .containsEntry("deviceVendor", "mcp-guard")
                .containsEntry("deviceProduct", "mcp-guard")
                .containsEntry("deviceVersion", "0.1.0")
                .containsEntry("deviceEventClassId", "mcp.tools.call.denied")
                .containsEntry("name", "MCP tool call")
                .containsEntry("severity", "6")
                .containsEntry("version", 0);
    }

    @Test
    void the_extension_reads_back() throws CEFHandlingException, UnknownHostException {
        Map<String, Object> read = parsed(SampleEvents.outcomeSuccess()).getExtension(true);

        assertThat(read)
                .hasEntrySatisfying(
                        "rt",
                        time -> assertThat(time)
                                .extracting("time")
                                .isEqualTo(SampleEvents.outcomeSuccess().time().toEpochMilli()))
                .containsEntry("externalId", "019ac000-0000-7002-8000-000000000001")
                .containsEntry("act", "allowed")
                .containsEntry("outcome", "success")
                .containsEntry("cat", "/API/MCP/tools/call")
                .containsEntry("app", "MCP")
                .containsEntry("src", InetAddress.getByName("203.0.113.7"))
                .containsEntry("spt", 51_234)
                .containsEntry("suser", "svc-claude")
                .containsEntry("sourceServiceName", "claude-assistant")
                .containsEntry("destinationServiceName", "orders")
                .containsEntry("cs1Label", "tool")
                .containsEntry("cs1", "getOrder")
                .containsEntry("cs2", "developer-readonly")
                .containsEntry("cn1", 12L)
                .containsEntry("cn3", 200L)
                .containsEntry("requestClientApplication", "claude-code/2.1.330 (cli)")
                .containsEntry("flexString1", "mcpg_live_k1");
    }

    @Test
    void an_address_of_version_6_has_the_field_for_it() throws CEFHandlingException, UnknownHostException {
        assertThat(parsed(SampleEvents.outcomeFailed()).getExtension(true))
                .containsEntry("c6a2", InetAddress.getByName("2001:db8::7"))
                .containsEntry("c6a2Label", "Source IPv6 Address")
                .doesNotContainKey("src");
    }

    @Test
    void every_event_of_the_library_is_read_with_every_key() throws CEFHandlingException {
        for (AuditEvent event : EmittedEvents.requests()) {
            String text = format.format(event);
            // The parser knows the keys of the dictionary only, so a key that it did not take was none.
            assertThat(parsed(event).getExtension(true).keySet())
                    .as(text)
                    .containsExactlyInAnyOrderElementsOf(CefReader.read(text).keys());
        }
    }

    private CommonEvent parsed(AuditEvent event) {
        String text = format.format(event);
        CommonEvent parsed = new CEFParser().parse(text, false, Locale.ENGLISH);
        assertThat(parsed).as(text).isNotNull();
        return parsed;
    }
}
