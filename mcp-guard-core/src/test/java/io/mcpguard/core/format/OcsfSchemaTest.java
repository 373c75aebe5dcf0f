package io.mcpguard.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.CompiledSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every event that the library puts on record is a valid event of OCSF 1.9.0. */
class OcsfSchemaTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final OcsfFormat format = new OcsfFormat(SampleEvents.REPORTER);
    private final CompiledSchema schema = schema();

    @TempDir
    Path folder;

    @Test
    void every_event_of_the_library_satisfies_its_class() throws IOException {
        List<AuditEvent> events = new ArrayList<>(SampleEvents.all().values());
        events.addAll(EmittedEvents.requests());
        events.addAll(EmittedEvents.changes());
        events.addAll(EmittedEvents.journal(folder));

        assertThat(events).hasSizeGreaterThan(1400);
        for (AuditEvent event : events) {
            JsonNode json = JSON.readTree(format.format(event));
            assertThat(schema.check(json)).as("%s%n%s", event, json).isEmpty();
            assertThat(json.path("type_uid").intValue())
                    .isEqualTo(json.path("class_uid").intValue() * 100
                            + json.path("activity_id").intValue());
        }
    }

    @Test
    void journal_and_profiles_write_each_of_their_kinds() throws IOException {
        assertThat(EmittedEvents.journal(folder))
                .extracting(AuditEvent::method)
                .contains("journal-started", "journal-stopped", "journal-continued", "journal-mended", "tools/call");
        assertThat(EmittedEvents.changes())
                .allSatisfy(event -> assertThat(Change.of(event)).isNotEqualTo(Change.OTHER));
    }

    @Test
    void classes_follow_what_happened() {
        assertThat(classOf(SampleEvents.outcomeSuccess())).isEqualTo(600302);
        assertThat(classOf(SampleEvents.outcomeFailed())).isEqualTo(600304);
        assertThat(classOf(SampleEvents.unauthenticated())).isEqualTo(300201);
        assertThat(classOf(SampleEvents.admin())).isEqualTo(300401);
        assertThat(classOf(SampleEvents.notice())).isEqualTo(600203);
        assertThat(classOf(SampleEvents.fault())).isEqualTo(600801);
        assertThat(classOf(SampleEvents.unrecorded())).isEqualTo(600801);
        assertThat(classOf(SampleEvents.lookUp())).isEqualTo(300402);
    }

    @Test
    void calls_of_one_operation_have_one_resource_over_both_doors() {
        JsonNode mcp = JSON.readTree(format.format(EmittedEvents.requests().stream()
                .filter(event -> event.target().operationId().equals("getOrder")
                        && event.method().equals("tools/call")
                        && event.link().isPresent())
                .findFirst()
                .orElseThrow()));
        JsonNode rest = JSON.readTree(format.format(EmittedEvents.requests().stream()
                .filter(event -> event.target().operationId().equals("getOrder")
                        && event.method().equals("GET")
                        && event.link().isPresent())
                .findFirst()
                .orElseThrow()));

        assertThat(mcp.at("/resources/0/uid")).isEqualTo(rest.at("/resources/0/uid"));
        assertThat(mcp.at("/resources/0/uid").stringValue()).isEqualTo("orders/getOrder");
        assertThat(mcp.at("/actor")).isEqualTo(rest.at("/actor"));
        assertThat(mcp.at("/policy")).isEqualTo(rest.at("/policy"));
    }

    @Test
    void the_schema_notices_what_is_wrong() {
        JsonNode right = JSON.readTree(format.format(SampleEvents.intent()));
        List<Consumer<ObjectNode>> mistakes = List.of(
                event -> event.remove("actor"),
                event -> event.remove("status"),
                event -> event.remove("trace"),
                event -> event.remove("attestation_list"),
                event -> event.put("severity_id", 7),
                event -> event.put("class_uid", 6004),
                event -> event.put("time", "2026-11-22"),
                event -> event.put("invented", true),
                event -> event.withObject("/metadata").put("version", "1.8.0"),
                event -> event.withObject("/metadata").withArray("profiles").add("cloud"),
                event -> event.withObject("/api").remove("operation"),
                event -> event.withObject("/src_endpoint").removeAll(),
                event -> event.withObject("/policy").removeAll());

        assertThat(schema.check(right)).isEmpty();
        for (int i = 0; i < mistakes.size(); i++) {
            ObjectNode wrong = (ObjectNode) right.deepCopy();
            mistakes.get(i).accept(wrong);
            assertThat(schema.check(wrong)).as("mistake " + i).isNotEmpty();
        }
    }

    private int classOf(AuditEvent event) {
        return JSON.readTree(format.format(event)).path("type_uid").intValue();
    }

    private static CompiledSchema schema() {
        try (InputStream file =
                Objects.requireNonNull(OcsfSchemaTest.class.getResourceAsStream("ocsf-1.9.0.schema.json"))) {
            return CompiledSchema.of(new Schema(new String(file.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
