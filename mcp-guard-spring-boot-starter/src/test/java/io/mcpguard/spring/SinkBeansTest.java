package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.sink.FileSink;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Plain;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A bean that keeps records somewhere else too. */
class SinkBeansTest {

    @Configuration(proxyBeanMethods = false)
    static class Lines {
        @Bean
        FileSink lines(McpGuardProperties properties) {
            Path file = properties.auditFolder().resolveSibling("audit.jsonl");
            return new FileSink(file, new JournalJsonFormat(), 1 << 20, 3, InstantSource.system());
        }
    }

    @Test
    void a_sink_gets_every_record_of_the_journal_once_also_over_a_restart(@TempDir Path home) throws IOException {
        GuardFolder folder = new GuardFolder(home);
        for (int start = 0; start < 2; start++) {
            try (Service service = Service.start(folder, Plain.withoutSpringSecurity(), Notes.class, Lines.class)) {
                service.get("/api/notes/1", "Authorization", "Bearer " + folder.keyOf("reader"));
            }
        }
        // The last record of a journal is written after the sinks have been let go of: the next start hands it on.
        Service.start(folder, Plain.withoutSpringSecurity(), Notes.class, Lines.class)
                .close();

        List<String> kept = Files.readAllLines(home.resolve("audit.jsonl"));
        List<String> journal;
        try (Stream<AuditEvent> events = new JournalReader(home.resolve("audit"), damage -> {}).events()) {
            journal = events.map(new JournalJsonFormat()::format).toList();
        }
        assertThat(journal).hasSizeGreaterThan(6);
        assertThat(kept).isEqualTo(journal.subList(0, kept.size()));
        assertThat(kept).hasSizeGreaterThanOrEqualTo(journal.size() - 3);
    }
}
