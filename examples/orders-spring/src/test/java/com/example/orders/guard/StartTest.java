package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.orders.OrdersApplication;
import com.example.twice.TwiceController;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** With a mistake in its set-up the service does not start, and says what to do about it. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    @TempDir
    private Path folder;

    @Test
    void without_keys(CapturedOutput output) throws IOException {
        GuardFolder guard = guard();
        try (var files = Files.list(guard.home().resolve("keys"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(guard.home().resolve("keys"));

        assertThat(refusal(output)).contains("there is no key folder").contains("run: mcp-guard init");
    }

    @Test
    void with_mistakes_in_the_profiles(CapturedOutput output) throws IOException {
        GuardFolder guard = guard();
        guard.edit(profiles ->
                profiles.replace("roles: [SUPPORT]", "roles: [ADMIN]").replace("per: 1m", "per: often"));
        guard.save();

        assertThat(refusal(output))
                .contains("line ")
                .contains("this service allows profiles to use DEVELOPER, SUPPORT")
                .contains("per");
    }

    @Test
    void with_a_journal_that_cannot_be_written(CapturedOutput output) throws IOException {
        Files.writeString(guard().journal(), "a file where the folder should be");

        assertThat(refusal(output)).contains("audit").contains("folder");
    }

    @Test
    void with_a_journal_of_a_running_service(CapturedOutput output) {
        Path journal = guard().journal();
        InstantSource clock = InstantSource.system();
        try (Journal running = Journal.builder(journal, clock, new Uuid7(clock, new SecureRandom()))
                .open()) {
            assertThat(running.folder()).isEqualTo(journal);
            assertThat(refusal(output)).contains("in use");
        }
    }

    @Test
    void with_an_operation_id_used_twice(CapturedOutput output) {
        guard();

        assertThat(refusal(output, TwiceController.class))
                .contains("are both operation 'getOrder'")
                .contains("give one of them another id");
    }

    private GuardFolder guard() {
        return new GuardFolder(folder.resolve("mcp-guard"), GuardFolder::roomy);
    }

    /** Starts the service and answers what it says instead of starting. */
    private String refusal(CapturedOutput output, Class<?>... more) {
        List<Class<?>> sources = new ArrayList<>(List.of(OrdersApplication.class));
        sources.addAll(List.of(more));
        int before = output.getAll().length();

        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .run(
                        "--server.port=0",
                        "--orders.data-dir=" + folder.resolve("data"),
                        "--mcp.guard.home=" + folder.resolve("mcp-guard"))
                .close());

        assertThat(failure).isNotNull();
        String said = output.getAll().substring(before);
        assertThat(said).contains("APPLICATION FAILED TO START");
        return said.substring(said.indexOf("APPLICATION FAILED TO START"));
    }
}
