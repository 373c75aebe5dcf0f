package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Product;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A bean that publishes a tool of the service's own, beside the operations of the controllers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureBeansTest {

    private static final AtomicInteger RAN = new AtomicInteger();

    private GuardFolder folder;
    private Service service;

    @Configuration(proxyBeanMethods = false)
    static class Greetings {
        @Bean
        FeatureSource greetings() {
            ToolFeature greet = ToolFeature.builder("greetings", "greet", "Greets whoever calls.")
                    .answering(call -> {
                        RAN.incrementAndGet();
                        return ToolAnswer.text(
                                "Hello, " + call.caller().principal().name());
                    });
            return () -> List.of(
                    new ProductFeatures(new Product("greetings", "Greetings", "Says hello", "/"), List.of(greet)));
        }
    }

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        folder = new GuardFolder(home);
        Path profiles = home.resolve("profiles.yaml");
        String notes = "      - {product: notes, operations: ['*'], methods: [GET]}\n";
        String greetings = "      - {product: greetings, operations: ['*'], methods: [TOOL]}\n";
        Files.writeString(profiles, Files.readString(profiles).replace(notes, notes + greetings));
        service = Service.start(folder, Plain.withoutSpringSecurity(), Notes.class, Greetings.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private HttpResponse<String> greet(String profile) {
        return service.tool("/mcp", "greet", "{}", "Authorization", "Bearer " + folder.keyOf(profile));
    }

    @Test
    void a_bean_s_tool_is_called_by_a_profile_that_has_it() {
        HttpResponse<String> answer = greet("reader");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Hello, svc-reader");
    }

    @Test
    void a_bean_s_tool_is_unknown_to_a_profile_that_has_not() {
        int before = RAN.get();

        HttpResponse<String> answer = greet("writer");

        assertThat(answer.body()).contains("\"error\"").doesNotContain("Hello");
        assertThat(RAN.get()).isEqualTo(before);
    }

    @Test
    void operations_of_controllers_are_there_as_before() {
        HttpResponse<String> answer = service.tool(
                "/mcp",
                "execute_endpoint",
                "{\"endpoint_id\":\"getNote\",\"path_params\":{\"id\":7}}",
                "Authorization",
                "Bearer " + folder.keyOf("reader"));

        assertThat(answer.body()).contains("\"isError\":false");
    }
}
