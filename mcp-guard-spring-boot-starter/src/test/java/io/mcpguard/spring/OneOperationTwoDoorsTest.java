package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.format.OcsfFormat;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A call over REST and a call over MCP of the same operation are found by the same question. */
class OneOperationTwoDoorsTest {

    @TempDir
    private Path home;

    @Test
    void both_are_recorded_with_the_same_resource_actor_and_policy() throws IOException {
        GuardFolder folder = new GuardFolder(home);
        String key = "Bearer " + folder.keyOf("reader");
        try (Service service = Service.start(folder, Plain.withoutSpringSecurity(), Notes.class)) {
            assertThat(service.get("/api/notes/1", "Authorization", key).statusCode())
                    .isEqualTo(200);
            assertThat(service.execute("getNote", "\"path_params\":{\"id\":1}", "Authorization", key)
                            .body())
                    .contains("\"isError\":false");
        }

        for (Stage stage : List.of(Stage.INTENT, Stage.OUTCOME)) {
            JsonNode rest = ocsf(Channel.REST, stage);
            JsonNode mcp = ocsf(Channel.MCP, stage);

            assertThat(mcp.at("/resources/0/uid").asString())
                    .isEqualTo(rest.at("/resources/0/uid").asString())
                    .contains("getNote");
            for (String part : List.of("app_uid", "user", "authorizations")) {
                assertThat(mcp.at("/actor/" + part))
                        .as(part)
                        .isEqualTo(rest.at("/actor/" + part))
                        .isNotNull();
            }
            assertThat(mcp.path("policy")).isEqualTo(rest.path("policy"));
            assertThat(mcp.at("/api/service")).isEqualTo(rest.at("/api/service"));
        }
    }

    private JsonNode ocsf(Channel channel, Stage stage) throws IOException {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(home.resolve("audit"), damage::add).events()) {
            AuditEvent event = events.filter(one -> one.channel() == channel
                            && one.stage() == stage
                            && one.target().operationId().equals("getNote"))
                    .findFirst()
                    .orElseThrow();
            assertThat(damage).isEmpty();
            return JsonMapper.shared().readTree(new OcsfFormat(AuditReporter.of("notes")).format(event));
        }
    }
}
