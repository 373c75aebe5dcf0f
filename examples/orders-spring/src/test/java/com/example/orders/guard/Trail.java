package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads from a journal what was recorded while somebody watched. */
final class Trail {

    private final Path journal;

    Trail(Path journal) {
        this.journal = journal;
    }

    List<AuditEvent> all() {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(journal, damage::add).events()) {
            List<AuditEvent> all = events.toList();
            assertThat(damage).isEmpty();
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of calls, without the journal's notes on itself, that the action has left. */
    List<AuditEvent> during(Runnable action) {
        int before = all().size();
        action.run();
        List<AuditEvent> all = all();
        return all.subList(before, all.size()).stream()
                .filter(event -> event.stage() != Stage.NOTICE)
                .toList();
    }
}
