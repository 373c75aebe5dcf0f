package com.example.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.SpringVersion;

/** Rules as plain text where Spring MVC is below a path: unclear to Spring Security 6, clear to 7. */
@Tag("service")
@ExtendWith(OutputCaptureExtension.class)
@EnabledIfSystemProperty(named = "server", matches = "tomcat", disabledReason = "the same on every server")
class PlainRulesTest {

    private static final Shape SHAPE = new Shape(true, false, "/desk", "/rest", "");

    @Test
    void a_service_that_would_answer_nobody_does_not_start(CapturedOutput output, @TempDir Path folder)
            throws Exception {
        Home home = new Home(folder);
        List<String> properties = new ArrayList<>(SHAPE.properties());
        properties.add("tickets.plain-rules=true");
        properties.add("logging.level.org.springframework.boot.diagnostics=error");

        if (SpringVersion.getVersion().startsWith("6.")) {
            assertThatThrownBy(() -> Service.start(home, properties).close()).isInstanceOf(Exception.class);
            assertThat(output.getAll())
                    .contains(
                            "mcp-guard does not start with the security rules of this service",
                            "PathPatternRequestMatcher.withDefaults().basePath(\"/rest\")");
        } else {
            try (Service service = Service.start(home, properties)) {
                Call read = Call.get("getTicket", "/7").with("\"path_params\":{\"id\":7}");
                HttpResponse<String> mcp =
                        service.send(read.mcp(service, SHAPE, "Authorization", "Bearer " + home.keyOf("agent")));

                assertThat(mcp.body()).contains("\"isError\":false");
            }
        }
    }
}
