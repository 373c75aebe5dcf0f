package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.jaxrs.testbed.Wire;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented lines, with profiles, keys and journal in files. */
class GuardedServiceTest {

    private static final String PROFILES = """
            version: 1
            clients:
              - {id: assistant, name: Assistant}
            profiles:
              - id: people
                client: assistant
                bind: {principals: [alice]}
                grants:
                  - {product: items, operations: ['*'], methods: [GET]}
            """;

    @TempDir
    Path home;

    @Test
    void the_documented_lines_put_the_guard_into_a_service() throws Exception {
        Path keys = Files.createDirectory(
                home.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Purpose purpose : Purpose.values()) {
            FileKeySource.create(keys, purpose, new SecureRandom());
        }
        Files.writeString(home.resolve("profiles.yaml"), PROFILES);
        int port = Servers.freePort();
        Call get = Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}");

        try (GuardedService service = new GuardedService(home, port)) {
            assertThat(service).isNotNull();
            Wire wire = new Wire(port, "", "/mcp");
            assertThat(wire.mcp(get, "Bearer alice").status()).isEqualTo(200);
            assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer alice", "X-Profile-ID", "people")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(wire.execute("get", get.arguments(), "Bearer mallory").statusCode())
                    .isEqualTo(401);
        }

        try (Stream<AuditEvent> events = new JournalReader(home.resolve("audit"), damage -> {}).events()) {
            assertThat(events.filter(event -> event.stage() == Stage.OUTCOME).map(AuditEvent::channel))
                    .containsExactly(Channel.MCP, Channel.REST);
        }
    }
}
