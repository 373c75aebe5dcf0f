package com.example.tickets;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.credential.MemoryApiKeyStore;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.profile.ProfileId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A home of the guard as an operator sets it up: a profile with a key for each role, and one for people. */
final class Home {

    private static final String PROFILES = """
            version: 1
            clients:
              - {id: bot, name: A bot}
            profiles:
              - id: agent
                client: bot
                principal: svc-agent
                roles: [AGENT]
                grants:
                  - {product: tickets, operations: ['*'], methods: [GET, POST, PUT]}
                limits:
                  - {name: per-minute, permits: 1000, per: 1m}
              - id: lead
                client: bot
                principal: svc-lead
                roles: [LEAD]
                grants:
                  - {product: tickets, operations: ['*'], methods: [GET, POST, PUT]}
              - id: agents
                client: bot
                bind:
                  roles: [AGENT]
                grants:
                  - {product: tickets, operations: ['*'], methods: [GET, POST, PUT]}
              - id: leads
                client: bot
                bind:
                  roles: [LEAD]
                grants:
                  - {product: tickets, operations: ['*'], methods: [GET, POST, PUT]}
            credentials:
            """;

    private final Path folder;
    private final Map<String, String> keys = new HashMap<>();

    Home(Path folder) throws IOException {
        this.folder = folder;
        Path secrets = Files.createDirectory(
                folder.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Purpose purpose : Purpose.values()) {
            FileKeySource.create(secrets, purpose, new SecureRandom());
        }
        ApiKeyIssuer issuer = new ApiKeyIssuer(
                new MemoryApiKeyStore(() -> Set.of(new ProfileId("agent"), new ProfileId("lead"))),
                new FileKeySource(secrets),
                new SecureRandom(),
                InstantSource.system());
        StringBuilder yaml = new StringBuilder(PROFILES);
        for (String profile : List.of("agent", "lead")) {
            var issued = issuer.issue(new ProfileId(profile), ApiKey.Kind.LIVE, Optional.empty(), "");
            keys.put(profile, issued.key().reveal());
            yaml.append("  - {id: %s, profile: %s, hash: '%s', created: '%s', state: active}%n"
                    .formatted(
                            issued.record().id(),
                            profile,
                            issued.record().hash().text(),
                            issued.record().created()));
        }
        Files.writeString(folder.resolve("profiles.yaml"), yaml);
    }

    Path folder() {
        return folder;
    }

    String keyOf(String profile) {
        return keys.get(profile);
    }

    List<AuditEvent> records() {
        try (Stream<AuditEvent> events = new JournalReader(folder.resolve("audit"), damage -> {}).events()) {
            return events.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
