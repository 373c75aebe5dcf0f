package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of its own that is really full, and one that is really read-only. Left out where nobody may mount one. */
class RealDiskTest {

    @TempDir
    Path temp;

    private final Events events = new Events();
    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "tmpfs cannot be mounted here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            // Not a system with such a command.
            return false;
        }
    }

    private Journal.Builder journal() {
        return events.journal(disk.resolve("audit")).segmentBytes(64 << 10);
    }

    @Test
    void a_full_disk_refuses_and_takes_back_nothing_and_goes_on_when_there_is_room() throws IOException {
        Path other = disk.resolve("other");
        Files.write(other, new byte[512 << 10]);
        List<UUID> kept = new ArrayList<>();
        int refused = 0;
        try (Journal journal = journal().open()) {
            while (refused == 0) {
                AuditEvent event = events.intent();
                try {
                    journal.append(event);
                    kept.add(event.id());
                } catch (AuditWriteException e) {
                    assertThat(e).hasRootCauseInstanceOf(IOException.class).hasMessageContaining("No space left");
                    refused++;
                }
            }
            assertThat(kept).hasSizeGreaterThan(100);
            assertThat(journal.status().takesCalls()).isFalse();
            assertThat(new JournalVerifier(disk.resolve("audit")).verify().damages())
                    .isEmpty();

            Files.delete(other);
            soon().untilAsserted(() ->
                    assertThatCode(() -> journal.append(events.intent())).doesNotThrowAnyException());
            assertThat(journal.status().takesCalls()).isTrue();
        }
        List<AuditEvent> all = Events.in(disk.resolve("audit"));
        assertThat(all).extracting(AuditEvent::id).containsAll(kept);
        assertThat(all).extracting(AuditEvent::method).contains(JournalNotices.MENDED);
        assertThat(new JournalVerifier(disk.resolve("audit")).verify().damages())
                .isEmpty();
    }

    @Test
    void a_read_only_disk_refuses_to_start_and_says_what_to_do() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();

        assertThatThrownBy(() -> journal().open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("name a folder that this process may write to");
        assertThat(disk.resolve("audit")).doesNotExist();
    }
}
