package io.mcpguard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.IssuedKey;
import io.mcpguard.core.credential.KeyRefusedException;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.testkit.Together;
import io.mcpguard.verification.Verification.Rejected;
import io.mcpguard.verification.Verification.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileEditorTest {

    private static final String HEAD = """
            # Do not lose this comment.
            version: 1

            clients:
              - {id: claude, name: "Cl\u00e4ude \uD83D\uDE00"}   # nor this one
            profiles:
              - id: reader
                client: claude
                grants: [{product: orders, operations: ['*'], methods: [GET]}]
              - {id: other, client: claude}
            """;
    private static final ProfileId READER = new ProfileId("reader");
    private static final ProfileId OTHER = new ProfileId("other");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final MemoryKeySource keys = MemoryKeySource.random(new SecureRandom());
    private Path file;
    private ApiKeyIssuer issuer;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("profiles.yaml");
        Files.writeString(file, HEAD);
        issuer = new ApiKeyIssuer(new ProfileFileEditor(file), keys, new SecureRandom(), clock);
    }

    @Test
    void the_first_key_makes_the_part_and_leaves_the_rest_byte_for_byte() throws IOException {
        IssuedKey issued = issue(Optional.of(Duration.ofDays(90)), "for \"ann\": \\ # 1\n2");

        String text = Files.readString(file);
        assertThat(text)
                .isEqualTo(HEAD + "\ncredentials:\n"
                        + "  - id: \"" + issued.key().id() + "\"\n"
                        + "    profile: \"reader\"\n"
                        + "    hash: " + issued.record().hash().text() + "\n"
                        + "    created: 2026-01-01T12:00:00Z\n"
                        + "    expires: 2026-04-01T12:00:00Z\n"
                        + "    state: active\n"
                        + "    comment: \"for \\\"ann\\\": \\\\ # 1\\u000a2\"\n");
        assertThat(records().get(0).comment()).isEqualTo("for \"ann\": \\ # 1\n2");
    }

    @Test
    void states_and_ends_change_where_they_stand() throws IOException {
        IssuedKey first = issue(Optional.empty(), "");
        String before = Files.readString(file) + "# the end\n";
        Files.writeString(file, before);

        IssuedKey second = issuer.rotate(first.key().id(), Duration.ofHours(24));
        issuer.suspend(second.key().id());

        String text = Files.readString(file);
        assertThat(text).startsWith(HEAD).endsWith("# the end\n");
        assertThat(text)
                .contains("    state: active\n    expires: 2026-01-02T12:00:00Z\n    supersededBy: \""
                        + second.key().id() + "\"\n")
                .contains("    state: suspended\n# the end\n");
        issuer.resume(second.key().id());
        issuer.revoke(first.key().id());
        assertThat(records())
                .extracting(ApiKeyRecord::state)
                .containsExactly(ApiKeyRecord.State.REVOKED, ApiKeyRecord.State.ACTIVE);
    }

    @Test
    void many_layouts_can_be_changed() throws IOException {
        String record =
                "profile: reader, hash: " + ProfileDocumentTest.HASH + ", created: 2026-01-01T00:00:00Z, state: active";
        for (String part : List.of(
                "credentials:\n",
                "credentials: []  # none yet\n",
                "credentials: [\n]\n# end\n",
                "credentials:   # none yet",
                "credentials:\n- {id: Ab12Cd34, " + record + "}\n",
                "credentials:\n      - {id: Ab12Cd34, " + record + "}   # here",
                "credentials: [{id: Ab12Cd34, " + record + "}]\n",
                "credentials:\n  - id: Ab12Cd34 # x\n    " + record.replace(", ", " # y\n    ") + "   # z\n\n\n# end\n",
                "credentials:\n-   id: Ab12Cd34\n    " + record.replace(", ", "\n    ")
                        + "\n    comment: |\n      a\n      b\n",
                "credentials:\r\n  - id: Ab12Cd34\r\n    " + record.replace(", ", "\r\n    ") + "\r\n")) {
            Files.writeString(file, HEAD + part);

            IssuedKey issued = issuer.issue(OTHER, ApiKey.Kind.TEST, Optional.empty(), "");
            for (ApiKeyRecord old : records()) {
                issuer.rotate(old.id(), Duration.ofHours(1));
            }
            issuer.revoke(issued.key().id());

            assertThat(Files.readString(file)).as(part).startsWith(HEAD);
            List<ApiKeyRecord> after = records();
            assertThat(after).as(part).hasSize(part.contains("Ab12Cd34") ? 4 : 2);
            assertThat(after.stream().filter(each -> each.supersededBy().isPresent()))
                    .as(part)
                    .hasSize(after.size() / 2);
            if (part.contains("#")) {
                assertThat(Files.readString(file))
                        .contains(part.substring(part.indexOf('#'))
                                .lines()
                                .findFirst()
                                .get());
            }
            if (part.contains("\r\n")) {
                assertThat(Files.readString(file).substring(HEAD.length()).replace("\r\n", ""))
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void a_layout_that_cannot_be_changed_safely_is_left_alone() throws IOException {
        String flow = "{version: 1, clients: [{id: claude}], profiles: [{id: reader, client: claude}]}\n";
        Files.writeString(file, flow);

        assertThatThrownBy(() -> issue(Optional.empty(), ""))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(file).hasContent(flow);
    }

    @Test
    void a_file_with_mistakes_takes_no_new_key_but_withdrawals() throws IOException {
        IssuedKey issued = issue(Optional.empty(), "");
        ProfileFile store = ProfileFile.builder(file, Set.of(), clock).open();
        Files.writeString(file, Files.readString(file).replace("methods: [GET]", "methods: [get]"));

        assertThatThrownBy(() -> issue(Optional.empty(), ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 9");
        issuer.suspend(issued.key().id());
        assertThatThrownBy(() -> issuer.resume(issued.key().id())).isInstanceOf(ConfigurationException.class);
        issuer.revoke(issued.key().id());

        assertThat(store.find(issued.key().id()).orElseThrow().state()).isEqualTo(ApiKeyRecord.State.REVOKED);
        assertThat(store.status().current()).isFalse();
    }

    @Test
    void a_service_obeys_from_the_next_request_on() throws IOException {
        IssuedKey first = issue(Optional.empty(), "");
        ProfileFile store = ProfileFile.builder(file, Set.of(), clock).open();
        ApiKeyVerifier verifier = new ApiKeyVerifier(store, keys, clock, false);
        Credential credential = new Credential("bearer", first.key().reveal());
        assertThat(verifier.verify(credential, Presentation.none())).isInstanceOf(Verified.class);

        IssuedKey second = issuer.rotate(first.key().id(), Duration.ofMinutes(5));
        assertThat(verifier.verify(credential, Presentation.none()))
                .isEqualTo(new Verified(
                        first.key().id(), READER, Optional.of(clock.instant().plus(Duration.ofMinutes(5)))));
        assertThat(verifier.verify(new Credential("bearer", second.key().reveal()), Presentation.none()))
                .isInstanceOf(Verified.class);

        issuer.revoke(first.key().id());
        assertThat(verifier.verify(credential, Presentation.none()))
                .isEqualTo(new Rejected(first.key().id(), "key-revoked"));
    }

    @Test
    void the_secret_is_nowhere_in_the_file_or_beside_it() throws IOException {
        IssuedKey issued = issue(Optional.empty(), "");
        issuer.rotate(issued.key().id(), Duration.ofHours(1));
        String secret = issued.key().reveal().substring(19);

        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("profiles.yaml", ".profiles.yaml.lock");
            for (Path each : all) {
                assertThat(Files.readString(each).contains(secret)).isFalse();
            }
        }
    }

    @Test
    void the_permissions_and_a_link_stay() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                file.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        for (String mode : List.of("rw-------", "rw-r-----", "r--r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            new ApiKeyIssuer(new ProfileFileEditor(link), keys, new SecureRandom(), clock)
                    .revoke(issue(Optional.empty(), "").key().id());

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode);
            assertThat(Files.isSymbolicLink(link)).isTrue();
        }
    }

    @Test
    void editors_at_the_same_time_lose_nothing() throws IOException {
        // Two, since no third key of a profile may be usable at any moment.
        Together.run(2, () -> {
            for (int i = 0; i < 10; i++) {
                IssuedKey issued = new ApiKeyIssuer(new ProfileFileEditor(file), keys, new SecureRandom(), clock)
                        .issue(READER, ApiKey.Kind.LIVE, Optional.of(Duration.ofSeconds(1)), "");
                clock.advance(Duration.ofSeconds(2));
                issuer.revoke(issued.key().id());
            }
            return true;
        });

        assertThat(records()).hasSize(20).allMatch(record -> record.state() == ApiKeyRecord.State.REVOKED);
        assertThat(Files.readString(file)).startsWith(HEAD);
    }

    @Test
    void a_missing_file_says_what_to_run() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> issue(Optional.empty(), ""))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("run: mcp-guard init");
    }

    private IssuedKey issue(Optional<Duration> lifetime, String comment) {
        return issuer.issue(READER, ApiKey.Kind.LIVE, lifetime, comment);
    }

    private List<ApiKeyRecord> records() {
        return ProfileDocument.read(file, Optional.empty()).credentials();
    }
}
