package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the journal goes away under a running service, and comes back. */
class UnwritableJournalTest {

    private static final Call READ = Call.of("getOrder").path("orderId", 7);
    private static final Call WRITE = Call.of("cancelOrder").path("orderId", 7);

    @Test
    void mcp_is_refused_rest_follows_its_own_policy_and_the_gap_is_told(@TempDir Path folder) throws Exception {
        GuardFolder guard = new GuardFolder(folder.resolve("mcp-guard"), GuardFolder::roomy);
        Caller caller = Caller.key("chatbot", "support-bot", GuardFolder.CHATBOT, guard.keyOf(GuardFolder.CHATBOT));
        Path away = folder.resolve("away");
        int missed = 5;
        try (ServiceProcess service = ServiceProcess.start(
                folder, "--mcp.guard.home=" + guard.home(), "--mcp.guard.audit.unrecorded.rest=reads")) {
            Doors doors = new Doors(service.port());
            assertThat(doors.mcp(READ, caller).status()).isEqualTo(200);

            Files.move(guard.journal(), away);
            // It is noticed within a millisecond; what is written before that is in the folder, wherever it is.
            await().until(() -> doors.mcp(READ, caller).status() == 503);
            Reply mcp = doors.mcp(READ, caller);
            assertThat(mcp.status()).isEqualTo(503);
            assertThat(mcp.body().toString())
                    .contains("The call cannot be recorded right now and was not made. Try again later.");
            for (int i = 0; i < missed; i++) {
                assertThat(doors.rest(READ, caller, "GET", "/api/orders/{orderId}")
                                .status())
                        .isEqualTo(200);
            }
            Reply write = doors.rest(WRITE, caller, "POST", "/api/orders/{orderId}/cancel");
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.body().path("code").asString("")).isEqualTo("audit-unavailable");

            Files.move(away, guard.journal());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> doors.mcp(READ, caller).status() == 200);
        }
        List<AuditEvent> all = new Trail(guard.journal()).all();
        assertThat(all)
                .filteredOn(event -> event.method().equals("calls-unrecorded"))
                .singleElement()
                .satisfies(told -> assertThat(told.arguments())
                        .containsEntry("/mcp", "0")
                        .containsEntry("/rest", Integer.toString(missed)));
        assertThat(all).anyMatch(event -> event.method().equals("journal-mended"));
        assertThat(new JournalVerifier(guard.journal()).verify().damages()).isEmpty();
    }
}
