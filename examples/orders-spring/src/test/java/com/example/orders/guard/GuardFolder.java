package com.example.orders.guard;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.credential.IssuedKey;
import io.mcpguard.core.credential.MemoryApiKeyStore;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.profile.ProfileId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The folder of a guard as an operator sets it up, with the profiles that the example ships. */
public final class GuardFolder {

    public static final String DEVELOPER = "developer-readonly";
    public static final String CHATBOT = "support-chatbot";
    public static final String ADMINISTRATOR = "admin-assistant";
    /** Only in tests: for a user with a name and password of the service's own. */
    public static final String USER = "user-assistant";

    /** Only in tests: shows each operation as a tool of its own. */
    public static final String DIRECT = "support-direct";

    private static final String MORE_PROFILES = """

              - id: support-direct
                client: support-bot
                principal: svc-support-direct
                roles: [SUPPORT]
                tools: direct
                grants:
                  - {product: orders, operations: ['*'], methods: [GET, POST, PUT]}
                  - {product: customers, operations: ['*'], methods: [GET, PUT]}
                  - {product: inventory, operations: ['*'], methods: [GET, PATCH]}

              - id: user-assistant
                client: back-office
                bind:
                  principals: [alice]
                grants:
                  - {product: orders, operations: ['*'], methods: [GET, POST, PUT]}
                  - {product: customers, operations: [searchCustomers, getCustomer], methods: [GET]}
                  - {product: inventory, operations: ['*'], methods: [GET]}
            """;

    private final Path home;
    private final MemoryApiKeyStore records = new MemoryApiKeyStore(
            () -> Set.of(new ProfileId(DEVELOPER), new ProfileId(CHATBOT), new ProfileId(USER), new ProfileId(DIRECT)));
    private final ApiKeyIssuer issuer;
    private final Map<String, IssuedKey> keys = new HashMap<>();
    private String profiles;

    /**
     * Makes a folder with a key for each of the three profiles that have one.
     *
     * @param home where to
     * @param limits changes the profiles of the example, since tests call more often than an AI client may
     */
    public GuardFolder(Path home, UnaryOperator<String> limits) {
        this.home = home;
        try {
            Files.createDirectories(home);
            Path folder = Files.createDirectory(
                    home.resolve("keys"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            SecureRandom random = new SecureRandom();
            for (Purpose purpose : Purpose.values()) {
                FileKeySource.create(folder, purpose, random);
            }
            issuer = new ApiKeyIssuer(records, new FileKeySource(folder), random, InstantSource.system());
            profiles = limits.apply(Files.readString(Path.of("mcp-guard", "profiles.yaml"))) + MORE_PROFILES;
            keys.put(DEVELOPER, issue(DEVELOPER));
            keys.put(CHATBOT, issue(CHATBOT));
            keys.put(DIRECT, issue(DIRECT));
            save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many calls a minute that no test meets the limit. */
    public static String roomy(String profiles) {
        return profiles.replaceAll("permits: [0-9]+", "permits: 1000000");
    }

    public Path home() {
        return home;
    }

    public Path journal() {
        return home.resolve("audit");
    }

    public String keyOf(String profile) {
        return keys.get(profile).key().reveal();
    }

    /** Issues one more key; takes effect with {@link #save()}. */
    public IssuedKey issue(String profile) {
        return issuer.issue(new ProfileId(profile), ApiKey.Kind.LIVE, Optional.empty(), "");
    }

    public ApiKeyIssuer issuer() {
        return issuer;
    }

    public MemoryApiKeyStore records() {
        return records;
    }

    /** Changes the profiles; takes effect with {@link #save()}. */
    public void edit(UnaryOperator<String> change) {
        profiles = change.apply(profiles);
    }

    /** Writes profiles and keys as {@code mcp-guard} does: a new file in place of the old one. */
    public void save() {
        StringBuilder yaml = new StringBuilder(profiles).append("\ncredentials:\n");
        records.records().forEach(record -> yaml.append(line(record)));
        try {
            Path written = Files.writeString(home.resolve("profiles.new"), yaml);
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
            Files.move(written, home.resolve("profiles.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(ApiKeyRecord record) {
        StringBuilder line = new StringBuilder("  - {id: %s, profile: %s, hash: '%s', created: '%s', state: %s"
                .formatted(record.id(), record.profile(), record.hash().text(), record.created(), record.state()));
        record.expires().ifPresent(time -> line.append(", expires: '" + time + "'"));
        record.supersededBy().ifPresent(id -> line.append(", supersededBy: " + id));
        return line.append("}\n").toString();
    }
}
