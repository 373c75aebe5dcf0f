package com.example.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics have moved to other packages with Spring Boot 4; a service sees the guard in both. */
@Tag("service")
@EnabledIfSystemProperty(named = "server", matches = "tomcat", disabledReason = "the same on every server")
class HealthTest {

    private static final Shape SHAPE = new Shape(true, false, "", "", "");

    @Test
    void the_guard_is_part_of_the_health_and_the_metrics_of_the_service(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        List<String> properties = new ArrayList<>(SHAPE.properties());
        properties.add("management.server.port=0");
        properties.add("management.endpoints.web.exposure.include=health,metrics");
        properties.add("management.endpoint.health.show-details=always");
        String ann = "Basic " + Base64.getEncoder().encodeToString("ann:ann-pw".getBytes(UTF_8));
        try (Service service = Service.start(home, properties)) {
            HttpResponse<String> health =
                    service.send(service.management("/actuator/health").header("Authorization", ann));
            HttpResponse<String> meters =
                    service.send(service.management("/actuator/metrics").header("Authorization", ann));

            assertThat(health.body()).contains("\"mcpGuard\":{", "\"room\":\"for-all\"", "\"status\":\"UP\"");
            assertThat(meters.body()).contains("mcp_guard.audit.journal.bytes");
        }
    }
}
