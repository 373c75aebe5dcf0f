package io.mcpguard.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of the audit trail: health, metrics and the actuator endpoint. */
@TestInstance(Lifecycle.PER_CLASS)
class OperatorsViewTest {

    @TempDir
    static Path home;

    private GuardFolder folder;
    private Service service;

    @Configuration(proxyBeanMethods = false)
    static class Sinks {
        @Bean
        AuditSink gone() {
            return batch -> {
                throw new AuditWriteException("secret.internal does not answer", null);
            };
        }
    }

    @BeforeAll
    void start() {
        folder = new GuardFolder(home);
        service = Service.start(
                folder,
                List.of(
                        "management.endpoints.web.exposure.include=mcpguard,health,metrics",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.show-components=always",
                        "mcp.guard.audit.quota=1GB"),
                Notes.class,
                Security.Stateless.class,
                Sinks.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private JsonNode actuator(String path) {
        HttpResponse<String> answer = service.get("/actuator/" + path, "Authorization", Service.basic("ann"));
        return JsonMapper.shared().readTree(answer.body());
    }

    private double value(String meter) {
        return actuator("metrics/" + meter).at("/measurements/0/value").asDouble();
    }

    @Test
    void calls_are_measured_by_their_records() {
        String key = "Bearer " + folder.keyOf("writer");
        assertThat(service.execute("getNote", "\"path_params\":{\"id\":1}", "Authorization", key)
                        .statusCode())
                .isEqualTo(200);
        service.execute("getNote", "\"path_params\":{\"id\":1}", "Authorization", key + "x");

        assertThat(value("mcp_guard.audit.records?tag=stage:intent&tag=channel:mcp"))
                .isPositive();
        assertThat(value("mcp_guard.audit.append.duration?tag=outcome:kept")).isPositive();
        assertThat(value("mcp_guard.auth.failures")).isPositive();
        assertThat(value("mcp_guard.limit.decisions?tag=result:allowed")).isPositive();
        assertThat(value("mcp.server.operation.duration?tag=gen_ai.tool.name:getNote&tag=error.type:none"))
                .isPositive();
    }

    @Test
    void the_journal_and_its_sinks_are_measured() {
        assertThat(value("mcp_guard.audit.journal.bytes")).isPositive();
        assertThat(value("mcp_guard.audit.journal.quota")).isEqualTo(1L << 30);
        Awaitility.await().until(() -> value("mcp_guard.audit.ship.failures?tag=sink:gone") > 0);
        assertThat(value("mcp_guard.audit.ship.behind?tag=sink:gone")).isPositive();
        assertThat(actuator("metrics/mcp_guard.audit.ship.lag?tag=sink:gone")
                        .path("baseUnit")
                        .asString())
                .isEqualTo("seconds");
    }

    @Test
    void the_endpoint_shows_them_with_their_problems() {
        Awaitility.await()
                .until(() ->
                        actuator("mcpguard").at("/audit/sinks/0/failedBatches").asInt() > 0);
        JsonNode audit = actuator("mcpguard").path("audit");

        assertThat(audit.path("takesCalls").asBoolean()).isTrue();
        assertThat(audit.path("room").asString()).isEqualTo("for-all");
        assertThat(audit.at("/sinks/0/name").asString()).isEqualTo("gone");
        assertThat(audit.at("/sinks/0/problem").asString()).contains("secret.internal does not answer");
    }

    @Test
    void health_is_down_while_calls_cannot_be_recorded_and_says_nothing_of_hosts_and_files() throws IOException {
        assertThat(actuator("health/mcpGuard").path("status").asString()).isEqualTo("UP");

        Path audit = home.resolve("audit");
        Path aside = home.resolve("aside");
        Files.move(audit, aside);
        Files.writeString(audit, "no folder");
        Awaitility.await().until(() -> {
            service.get("/api/notes/1", "Authorization", "Bearer " + folder.keyOf("reader"));
            return actuator("health/mcpGuard").path("status").asString().equals("DOWN");
        });
        JsonNode down = actuator("health/mcpGuard");
        assertThat(down.at("/details/sink gone").asString()).startsWith("failing");
        assertThat(down.toString()).doesNotContain("secret.internal").doesNotContain(home.toString());
        assertThat(value("mcp_guard.audit.refused")).isPositive();

        Files.delete(audit);
        Files.move(aside, audit);
        Awaitility.await().until(() -> {
            service.get("/api/notes/1", "Authorization", "Bearer " + folder.keyOf("reader"));
            return actuator("health/mcpGuard").path("status").asString().equals("UP");
        });
    }
}
