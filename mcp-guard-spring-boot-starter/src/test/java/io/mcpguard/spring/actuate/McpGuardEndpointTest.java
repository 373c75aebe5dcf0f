package io.mcpguard.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class McpGuardEndpointTest {

    @TempDir
    private Path home;

    @Test
    void lists_what_is_published_and_to_whom_it_is_open() {
        GuardFolder folder = new GuardFolder(home);
        try (Service service = Service.start(
                folder,
                List.of("management.endpoints.web.exposure.include=mcpguard"),
                Notes.class,
                Security.Stateless.class)) {
            HttpResponse<String> answer = service.get("/actuator/mcpguard", "Authorization", Service.basic("ann"));
            JsonNode inventory = JsonMapper.shared().readTree(answer.body());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain(folder.keyOf("reader")).doesNotContain("hmac");
            assertThat(inventory.path("endpoint").asString()).isEqualTo("/mcp");
            assertThat(inventory.path("service").asString()).isEqualTo("notes");
            assertThat(inventory.at("/store/current").asBoolean()).isTrue();
            assertThat(inventory.at("/products/0/operations").size()).isEqualTo(6);
            assertThat(inventory.at("/products/0/operations/0/digest").asString())
                    .isNotBlank();
            assertThat(inventory.at("/products/0/operations").values())
                    .allSatisfy(operation -> assertThat(
                                    operation.path("readOnly").asBoolean())
                            .isEqualTo(operation.path("method").asString().equals("GET")));
            assertThat(inventory.at("/products/0/operations/0/tags").isArray()).isTrue();
            assertThat(inventory.at("/profiles/0/id").asString()).isEqualTo("reader");
            assertThat(inventory.at("/profiles/0/operations").size()).isEqualTo(5);
            assertThat(inventory.at("/profiles/2/limits/0").asString()).isEqualTo("per-minute: 100 per PT1M");

            folder.write("version: 1\nbroken");
            JsonNode afterwards = JsonMapper.shared()
                    .readTree(service.get("/actuator/mcpguard", "Authorization", Service.basic("ann"))
                            .body());
            assertThat(afterwards.at("/store/current").asBoolean()).isFalse();
            assertThat(afterwards.at("/store/problems").size()).isPositive();
        }
    }

    @Test
    void is_not_exposed_unless_the_service_exposes_it() {
        try (Service service = Service.start(new GuardFolder(home), List.of(), Notes.class, Security.Stateless.class)) {
            assertThat(service.get("/actuator/mcpguard", "Authorization", Service.basic("ann"))
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
