package io.mcpguard.spring.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpguard.spring.orders.Mistakes;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What an operator reads when the guard refuses to start. */
class RefusedStartTest {

    @TempDir
    private Path home;

    private FailureAnalysis refusal(List<String> properties, Class<?>... configuration) {
        return refusal(new GuardFolder(home), properties, configuration);
    }

    private static FailureAnalysis refusal(GuardFolder folder, List<String> properties, Class<?>... configuration) {
        Throwable failure = catchThrowable(
                () -> Service.start(folder, properties, configuration).close());
        assertThat(failure).as("a start that fails").isNotNull();
        FailureAnalysis analysis = new GuardFailureAnalyzer().analyze(failure);
        return Objects.requireNonNull(analysis, () -> "an explanation of " + failure);
    }

    @Test
    void without_an_init_it_says_to_run_it() throws IOException {
        GuardFolder folder = new GuardFolder(home);
        Files.delete(home.resolve("profiles.yaml"));

        FailureAnalysis refusal = refusal(folder, List.of(), Notes.class, Security.Stateless.class);

        assertThat(refusal.getDescription()).contains("there is no file", "profiles.yaml");
        assertThat(refusal.getAction()).contains("mcp-guard init", "mcp.guard.home", "mcp.guard.enabled=false");
    }

    @Test
    void a_broken_profiles_file_is_explained_line_by_line() {
        GuardFolder folder = new GuardFolder(home);
        folder.write("version: 1\nprofils: []\n");

        FailureAnalysis refusal = refusal(folder, List.of(), Notes.class, Security.Stateless.class);

        assertThat(refusal.getDescription()).contains("profiles.yaml", "line 2", "'profils'");
        assertThat(refusal.getAction()).contains("Correct what is listed");
    }

    @Test
    void a_role_that_the_service_does_not_allow_is_refused() {
        FailureAnalysis refusal =
                refusal(List.of("mcp.guard.allowed-roles=READER"), Notes.class, Security.Stateless.class);

        assertThat(refusal.getDescription()).contains("WRITER");
    }

    @Test
    void every_mistake_in_the_controllers_is_listed() {
        FailureAnalysis refusal =
                refusal(List.of(), Mistakes.EveryMistake.class, Mistakes.NoProduct.class, Security.Stateless.class);

        assertThat(refusal.getDescription())
                .contains("- EveryMistake.anyMethod() answers every HTTP method")
                .contains("- NoProduct.lost() carries @McpOperation");
    }

    @Test
    void an_operation_id_used_twice_is_named_with_both_methods() {
        FailureAnalysis refusal =
                refusal(List.of(), Mistakes.FirstTwin.class, Mistakes.SecondTwin.class, Security.Stateless.class);

        assertThat(refusal.getDescription()).contains("twin()", "@McpOperation(id = ");
    }

    @Test
    void an_audit_folder_that_is_none_is_refused() throws IOException {
        Path file = Files.writeString(home.resolve("in-the-way"), "");

        FailureAnalysis refusal =
                refusal(List.of("mcp.guard.audit.folder=" + file), Notes.class, Security.Stateless.class);

        assertThat(refusal.getDescription()).contains("in-the-way");
    }

    @Test
    void an_audit_folder_in_use_is_refused() {
        GuardFolder folder = new GuardFolder(home);
        try (Service first = Service.start(folder, List.of(), Notes.class, Security.Stateless.class)) {
            assertThat(first.context().isActive()).isTrue();

            FailureAnalysis refusal = refusal(folder, List.of(), Notes.class, Security.Stateless.class);

            assertThat(refusal.getDescription()).contains("audit");
        }
    }

    @Test
    void a_missing_key_folder_says_to_run_init() throws IOException {
        GuardFolder folder = new GuardFolder(home);
        List<String> properties = new ArrayList<>(Plain.withoutSpringSecurity());
        properties.add("mcp.guard.keys.folder=" + home.resolve("nowhere"));

        FailureAnalysis refusal = refusal(folder, properties, Notes.class);

        assertThat(refusal.getDescription()).contains("nowhere");
        assertThat(refusal.getAction()).contains("mcp-guard init");
    }
}
