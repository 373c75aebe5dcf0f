package io.mcpguard.core.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.credential.IssuedKey;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Identification.Identified;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.profile.ProfileFileEditor;
import io.mcpguard.core.seal.Holder;
import io.mcpguard.core.seal.Opened;
import io.mcpguard.core.seal.Use;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.decision.Reason;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from the file to the guard and into the journal, all of it real. */
class KeysInAHomeTest {

    private static final ProfileId PROFILE = new ProfileId("reader");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final SecureRandom random = new SecureRandom();
    private final List<String> secrets = new ArrayList<>();

    @BeforeEach
    void init() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        for (Purpose purpose : Purpose.values()) {
            FileKeySource.create(keys, purpose, random);
        }
        Files.writeString(folder.resolve("profiles.yaml"), """
                version: 1
                clients:
                  - {id: claude}
                profiles:
                  - id: reader
                    client: claude
                    principal: svc
                    grants: [{product: orders, operations: ['*'], methods: [GET]}]
                  - {id: other, client: claude}
                """);
    }

    @Test
    void whatever_is_wrong_with_a_key_the_caller_is_told_the_same() {
        IssuedKey suspended = issue(ApiKey.Kind.LIVE, Duration.ofDays(1));
        IssuedKey revoked = issue(ApiKey.Kind.LIVE, Duration.ofDays(1));
        issuer().suspend(suspended.key().id());
        issuer().revoke(revoked.key().id());
        IssuedKey expired = issue(ApiKey.Kind.LIVE, Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        IssuedKey test = issue(ApiKey.Kind.TEST, Duration.ofDays(1));
        ApiKey unknown = ApiKey.generate(ApiKey.Kind.LIVE, random);
        Map<String, String> presented = new LinkedHashMap<>();
        presented.put("key-suspended", suspended.key().reveal());
        presented.put("key-revoked", revoked.key().reveal());
        presented.put("key-expired", expired.key().reveal());
        presented.put("key-test-refused", test.key().reveal());
        presented.put("key-unknown", unknown.reveal());
        presented.put("key-malformed", unknown.reveal() + "x");

        try (GuardHome home = open();
                McpGuard guard = guard(home)) {
            Set<String> told = presented.values().stream()
                    .map(value -> (Refusal) identify(guard, value))
                    .peek(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNAUTHENTICATED))
                    .map(refusal -> new String(refusal.problem(), StandardCharsets.UTF_8)
                            .replace(refusal.callId().toString(), "id"))
                    .collect(java.util.stream.Collectors.toSet());

            assertThat(told).hasSize(1);
        }
        assertThat(journal()).contains(presented.keySet());
    }

    @Test
    void a_key_revoked_from_outside_is_refused_on_the_next_request_and_on_record() {
        IssuedKey issued = issue(ApiKey.Kind.LIVE, Duration.ofDays(1));
        try (GuardHome home = open();
                McpGuard guard = guard(home)) {
            assertThat(identify(guard, issued.key().reveal())).isInstanceOf(Identified.class);

            issuer().revoke(issued.key().id());

            assertThat(identify(guard, issued.key().reveal())).isInstanceOf(Refusal.class);
        }
        assertThat(journal()).contains("credential-revoked", issued.key().id(), "active to revoked", "key-revoked");
    }

    @Test
    void a_broken_edit_is_on_record() throws IOException {
        IssuedKey issued = issue(ApiKey.Kind.LIVE, Duration.ofDays(1));
        try (GuardHome home = open();
                McpGuard guard = guard(home)) {
            Path file = folder.resolve("profiles.yaml");
            Files.writeString(file, Files.readString(file).replace("methods: [GET]", "methods: [get]"));

            assertThat(identify(guard, issued.key().reveal())).isInstanceOf(Identified.class);
            assertThat(home.profiles().status().current()).isFalse();
        }
        assertThat(journal()).contains("edit-rejected");
    }

    @Test
    void no_part_of_a_secret_is_in_any_file_or_log_line() throws IOException {
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            IssuedKey first = issue(ApiKey.Kind.LIVE, Duration.ofDays(1));
            try (GuardHome home = open();
                    McpGuard guard = guard(home)) {
                identify(guard, first.key().reveal());
                identify(guard, first.key().reveal() + "x");
                IssuedKey second = issuer().rotate(first.key().id(), Duration.ofHours(1));
                secrets.add(second.key().reveal().substring(19));
                identify(guard, first.key().reveal());
                identify(guard, second.key().reveal());
                issuer().revoke(first.key().id());
                identify(guard, first.key().reveal());
                // Somebody pastes the key into the file, where its hash belongs.
                Path file = folder.resolve("profiles.yaml");
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replace(
                                        first.record().hash().text(),
                                        first.key().reveal()));
                assertThat(home.profiles().status().problems()).isNotEmpty();
                log.writeBytes(home.profiles().status().toString().getBytes(StandardCharsets.UTF_8));
                identify(guard, second.key().reveal());
                Files.writeString(
                        file, Files.readString(file).replace(first.key().reveal(), "taken out"));
            }
        } finally {
            System.setErr(console);
        }

        assertThat(log.toString(StandardCharsets.UTF_8)).contains("cannot be taken over");
        String everything = log.toString(StandardCharsets.UTF_8) + everyFile();
        assertThat(secrets).hasSize(2);
        for (String secret : secrets) {
            for (int from = 0; from + 8 <= secret.length(); from++) {
                assertThat(everything.contains(secret.substring(from, from + 8)))
                        .isFalse();
            }
        }
    }

    @Test
    void what_a_client_was_given_still_opens_after_a_restart() {
        Holder holder = new Holder("alice");
        String given;
        try (GuardHome home = open();
                McpGuard guard = guard(home)) {
            given = guard.seal().seal(Use.CURSOR, holder, "50", Duration.ofHours(1));
        }

        try (GuardHome home = open();
                McpGuard guard = guard(home)) {
            assertThat(guard.seal().open(Use.CURSOR, holder, given)).isEqualTo(new Opened.Valid("50"));
        }
    }

    private GuardHome open() {
        return GuardHome.open(GuardHome.Settings.under(folder, Set.of()), clock);
    }

    private McpGuard guard(GuardHome home) {
        return home.guard("orders")
                .clock(clock)
                .operations(() -> List.of(new ProductOperations(Published.ORDERS, List.of(Published.getOrder()))))
                .build();
    }

    private ApiKeyIssuer issuer() {
        return new ApiKeyIssuer(
                new ProfileFileEditor(folder.resolve("profiles.yaml")),
                new FileKeySource(folder.resolve("keys")),
                random,
                clock);
    }

    private IssuedKey issue(ApiKey.Kind kind, Duration lifetime) {
        IssuedKey issued = issuer().issue(PROFILE, kind, Optional.of(lifetime), "");
        secrets.add(issued.key().reveal().substring(19));
        return issued;
    }

    private Identification identify(McpGuard guard, String presented) {
        RequestFacts facts = new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget("execute_endpoint", "tools/call"),
                Optional.of(new Credential("bearer", presented)),
                Optional.empty(),
                Optional.empty(),
                AuditSource.of("192.0.2.7", 4711),
                clock.instant());
        return guard.guard().identify(facts, AuthContext.none());
    }

    private String journal() {
        return files(folder.resolve("audit"));
    }

    private String everyFile() {
        return files(folder);
    }

    private static String files(Path root) {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all.toString();
    }
}
