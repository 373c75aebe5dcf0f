package io.mcpguard.spring.service;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.ApiKeyRecord;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A home of the guard as an operator sets it up: three profiles, a key for each of the first two. */
public final class GuardFolder {

    private static final String PROFILES = """
            version: 1
            clients:
              - {id: bot, name: A bot}
            profiles:
              - id: reader
                client: bot
                principal: svc-reader
                roles: [READER]
                grants:
                  - {product: notes, operations: ['*'], methods: [GET]}
              - id: writer
                client: bot
                principal: svc-writer
                roles: [WRITER]
                grants:
                  - {product: notes, operations: ['*'], methods: [GET, POST]}
                limits:
                  - {name: per-minute, permits: 100, per: 1m}
              - id: staff
                client: bot
                bind:
                  roles: [WRITER]
                grants:
                  - {product: notes, operations: ['*'], methods: [GET, POST]}
            credentials:
            """;

    private final Path home;
    private final Map<String, String> keys = new HashMap<>();

    public GuardFolder(Path home) {
        this.home = home;
        try {
            Path folder = Files.createDirectory(
                    home.resolve("keys"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Purpose purpose : Purpose.values()) {
                FileKeySource.create(folder, purpose, new SecureRandom());
            }
            MemoryApiKeyStore ledger =
                    new MemoryApiKeyStore(() -> Set.of(new ProfileId("reader"), new ProfileId("writer")));
            ApiKeyIssuer issuer =
                    new ApiKeyIssuer(ledger, new FileKeySource(folder), new SecureRandom(), InstantSource.system());
            StringBuilder yaml = new StringBuilder(PROFILES);
            for (String profile : new String[] {"reader", "writer"}) {
                var issued = issuer.issue(new ProfileId(profile), ApiKey.Kind.LIVE, Optional.empty(), "");
                keys.put(profile, issued.key().reveal());
                ApiKeyRecord record = issued.record();
                yaml.append("  - {id: " + record.id() + ", profile: " + profile + ", hash: '"
                        + record.hash().text() + "', created: '" + record.created() + "', state: active}\n");
            }
            Files.writeString(home.resolve("profiles.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path home() {
        return home;
    }

    public String keyOf(String profile) {
        return keys.get(profile);
    }

    public void write(String profiles) {
        try {
            Files.writeString(home.resolve("profiles.yaml"), profiles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
