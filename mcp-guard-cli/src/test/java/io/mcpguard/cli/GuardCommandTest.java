package io.mcpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.profile.ProfileFile;
import io.mcpguard.core.profile.ProfileSchema;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.Presentation;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.verification.Verification.Rejected;
import io.mcpguard.verification.Verification.Verified;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuardCommandTest {

    private static final Pattern KEY = Pattern.compile("mcpg_(live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}");
    private static final String PROFILES = """
            version: 1
            clients:
              - {id: claude, name: Claude}
              - {id: bot, state: suspended}
            profiles:
              - id: reader
                client: claude
                principal: mcp-reader
                roles: [ROLE_READ]
                grants:
                  - {product: orders, operations: ['list-*', get-order], methods: [GET]}
                limits:
                  - {name: minute, permits: 60, per: 1m}
                  - {name: flight, concurrency: 4}
              - {id: closed, client: bot}
            """;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private String out = "";
    private String err = "";

    @Test
    void init_makes_a_home_without_any_credential() throws IOException {
        assertThat(run("init")).isZero();

        FileKeySource keys = new FileKeySource(home().resolve("keys"));
        for (Purpose purpose : Purpose.values()) {
            assertThat(keys.current(purpose)).as("%s", purpose).isPresent();
        }
        assertThat(out).contains("made  " + home().resolve("profiles.yaml"));
        String example = Files.readString(home().resolve("profiles.yaml"));
        assertThat(example).doesNotContain("hmac-sha256").contains("#profiles:");
        assertThat(run("profile", "check")).isZero();
        assertThat(out).contains("has no mistakes: 0 clients, 0 profiles, 0 keys.");
    }

    @Test
    void the_example_of_init_is_right_once_its_marks_are_taken_out() throws IOException {
        run("init");
        Path file = home().resolve("profiles.yaml");
        String example = Files.readString(file)
                .lines()
                .map(line -> line.matches("#(clients:|profiles:|  .*)?") ? line.replaceFirst("#", "") : line)
                .reduce("", (text, line) -> text + line + "\n");
        Files.writeString(file, example);

        assertThat(run("profile", "check", "--allowed-roles", "ORDERS_READ"))
                .as(err)
                .isZero();
        assertThat(out).contains("1 client, 1 profile, 0 keys");
    }

    @Test
    void init_writes_the_schema_that_the_example_names_for_editors() throws IOException {
        run("init");

        assertThat(Files.readString(home().resolve("profiles.yaml")))
                .startsWith("# yaml-language-server: $schema=profiles.schema.json\n");
        assertThat(Files.readString(home().resolve("profiles.schema.json"))).isEqualTo(ProfileSchema.text());
        assertThat(GuardCommand.run(
                        clock,
                        new SecureRandom(),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        "profile",
                        "schema"))
                .isZero();
    }

    @Test
    void init_never_overwrites() throws IOException {
        run("init");
        Path file = home().resolve("profiles.yaml");
        Files.writeString(file, PROFILES);
        List<String> before = contents();

        assertThat(run("init")).isZero();

        assertThat(contents()).isEqualTo(before);
        assertThat(out).contains("kept  " + file).doesNotContain("made");
    }

    @Test
    void init_makes_files_for_their_owner_alone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        run("init");

        try (Stream<Path> files = Files.walk(home())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }

    @Test
    void init_in_the_place_of_a_file_is_refused() throws IOException {
        Files.writeString(home(), "x");

        assertThat(run("init")).isEqualTo(1);
        assertThat(err).contains("is a file. Choose another folder with --home").doesNotContain("Exception");
    }

    @Test
    void check_prints_every_mistake_line_by_line() throws IOException {
        Path file = folder.resolve("broken.yaml");
        Files.writeString(
                file, PROFILES.replace("client: claude", "client: cloude").replace("permits: 60", "permits: many"));

        assertThat(run("profile", "check", file.toString())).isEqualTo(1);

        assertThat(err.lines())
                .containsExactly(
                        file + " has mistakes:",
                        "  line 7, column 13: there is no client 'cloude'; write one of bot, claude",
                        "  line 13, column 33: 'permits' must be a whole number from 1 to 999999999, not 'many';"
                                + " write it without quotation marks");
        assertThat(run("profile", "check", folder.resolve("none.yaml").toString()))
                .isEqualTo(1);
        assertThat(err).contains("there is no file").contains("mcp-guard init");
    }

    @Test
    void check_knows_roles_when_they_are_told() throws IOException {
        prepare();

        assertThat(run("profile", "check")).isZero();
        assertThat(run("profile", "check", "--allowed-roles", "ROLE_A,ROLE_READ"))
                .isZero();
        assertThat(run("profile", "check", "--allowed-roles", "ROLE_A")).isEqualTo(1);
        assertThat(err).contains("this service allows profiles to use ROLE_A");
    }

    @Test
    void lists_profiles_with_what_they_open() throws IOException {
        prepare();
        run("key", "issue", "--profile", "reader");

        assertThat(run("profile", "list")).isZero();

        assertThat(out.lines().toList()).hasSize(3);
        assertThat(out.lines().skip(1).findFirst().orElseThrow())
                .matches("reader +claude +enabled +1 +orders: GET get-order list-\\* +60 per 1M, 4 at once");
        assertThat(out.lines().skip(2).findFirst().orElseThrow())
                .matches("closed +bot +client suspended +0 +nothing +none");
    }

    @Test
    void an_issued_key_is_shown_once_and_works() throws IOException {
        prepare();

        assertThat(run("key", "issue", "--profile", "reader", "--comment", "laptop"))
                .isZero();
        String key = keyIn(out);

        assertThat(out)
                .contains("good until 2026-04-01T12:00:00Z")
                .contains("X-Client-ID: claude\n")
                .contains("X-Profile-ID: reader\n")
                .contains("Authorization: Bearer " + key);
        assertThat(verifier().verify(new Credential("bearer", key), Presentation.none()))
                .isInstanceOf(Verified.class);
        assertThat(run("key", "list")).isZero();
        assertThat(out).contains(key.substring(10, 18)).contains("laptop").doesNotContain(key.substring(19));
        assertThat(contents()).noneMatch(content -> content.contains(key.substring(19)));
    }

    @Test
    void scripts_get_one_line_of_json() throws IOException {
        prepare();

        assertThat(run("key", "issue", "--profile", "reader", "--expires", "never", "--test", "--format", "json"))
                .isZero();

        JsonNode json = JsonMapper.builder().build().readTree(out);
        assertThat(out.lines()).hasSize(1);
        assertThat(json.get("credential").asString())
                .matches(KEY)
                .startsWith("mcpg_test_" + json.get("keyId").asString());
        assertThat(json.get("clientId").asString()).isEqualTo("claude");
        assertThat(json.get("profileId").asString()).isEqualTo("reader");
        assertThat(json.has("expires")).isFalse();
    }

    @Test
    void a_key_is_rotated_suspended_resumed_and_revoked_while_a_service_runs() throws IOException {
        prepare();
        run("key", "issue", "--profile", "reader");
        Credential first = new Credential("bearer", keyIn(out));
        String firstId = keyIn(out).substring(10, 18);
        ApiKeyVerifier service = verifier();

        assertThat(run("key", "rotate", firstId, "--overlap", "PT24H")).isZero();
        Credential second = new Credential("bearer", keyIn(out));
        String secondId = keyIn(out).substring(10, 18);
        assertThat(service.verify(second, Presentation.none())).isInstanceOf(Verified.class);
        assertThat(((Verified) service.verify(first, Presentation.none())).supersededUntil())
                .contains(clock.instant().plus(Duration.ofHours(24)));

        assertThat(run("key", "suspend", secondId)).isZero();
        assertThat(service.verify(second, Presentation.none())).isEqualTo(new Rejected(secondId, "key-suspended"));
        assertThat(run("key", "resume", secondId)).isZero();
        assertThat(service.verify(second, Presentation.none())).isInstanceOf(Verified.class);
        assertThat(run("key", "revoke", secondId)).isZero();
        assertThat(service.verify(second, Presentation.none())).isEqualTo(new Rejected(secondId, "key-revoked"));
        clock.advance(Duration.ofHours(24));
        assertThat(service.verify(first, Presentation.none())).isEqualTo(new Rejected(firstId, "key-expired"));

        assertThat(run("key", "list", "--profile", "reader")).isZero();
        assertThat(out)
                .containsPattern(firstId + " +reader +live +expired .* " + secondId)
                .containsPattern(secondId + " +reader +live +revoked ");
    }

    @Test
    void a_key_can_be_named_by_itself_and_is_not_repeated() throws IOException {
        prepare();
        run("key", "issue", "--profile", "reader");
        String key = keyIn(out);

        assertThat(run("key", "revoke", key)).isZero();
        assertThat(out + err).contains(key.substring(10, 18)).doesNotContain(key.substring(19));
        assertThat(run("key", "revoke", key + "\n" + key.substring(0, 20))).isNotZero();
        assertThat(out + err).doesNotContain(key.substring(19, 40));
    }

    @Test
    void a_key_can_be_revoked_although_the_secret_keys_are_gone() throws IOException {
        prepare();
        run("key", "issue", "--profile", "reader");
        String id = keyIn(out).substring(10, 18);
        try (Stream<Path> keys = Files.list(home().resolve("keys"))) {
            for (Path key : keys.toList()) {
                Files.delete(key);
            }
        }

        assertThat(run("key", "issue", "--profile", "reader")).isEqualTo(1);
        assertThat(err).contains("run: mcp-guard init");
        assertThat(run("key", "revoke", id)).isZero();
    }

    @Test
    void refusals_are_sentences_with_exit_code_1() throws IOException {
        assertThat(run("key", "list")).isEqualTo(1);
        assertThat(err).contains("run: mcp-guard init");
        prepare();

        assertThat(run("key", "issue", "--profile", "nobody")).isEqualTo(1);
        assertThat(err).isEqualTo("There is no profile nobody. Run: mcp-guard profile list\n");
        assertThat(run("key", "revoke", "00000000")).isEqualTo(1);
        assertThat(err).isEqualTo("There is no such key. Run: mcp-guard key list\n");
        Files.writeString(home().resolve("profiles.yaml"), PROFILES.replace("client: claude", "client: x"));
        assertThat(run("key", "issue", "--profile", "reader")).isEqualTo(1);
        assertThat(err)
                .contains("line 7, column 13")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(out).isEmpty();
    }

    @Test
    void misunderstandings_are_sentences_with_exit_code_2() throws IOException {
        prepare();

        for (String[] wrong : new String[][] {
            {},
            {"profile"},
            {"key"},
            {"key", "issu"},
            {"key", "issue"},
            {"key", "issue", "--profile", "reader", "--expires", "soon"},
            {"key", "issue", "--profile", "reader", "--expires", "-P1D"},
            {"key", "issue", "--profile", "a b"},
            {"key", "issue", "--profile", "reader", "--format", "xml"},
            {"key", "rotate"},
            {"key", "rotate", "Ab12Cd34", "--overlap", "1 day"},
            {"key", "revoke", "short"},
            {"--nonsense"}
        }) {
            assertThat(run(wrong)).as("%s", List.of(wrong)).isEqualTo(2);
            assertThat(err).as("%s", List.of(wrong)).contains("Run: mcp-guard").doesNotContain("Exception");
            assertThat(out).isEmpty();
        }
        assertThat(Files.readString(home().resolve("profiles.yaml"))).isEqualTo(PROFILES);
    }

    @Test
    void every_command_explains_itself() throws IOException {
        for (String command : List.of(
                "",
                "init",
                "profile",
                "profile check",
                "profile list",
                "profile schema",
                "profile lint",
                "profile explain",
                "key",
                "key issue",
                "key list",
                "key rotate",
                "key suspend",
                "key resume",
                "key revoke")) {
            List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ", -1)));
            arguments.add("--help");

            assertThat(run(arguments.toArray(new String[0]))).as(command).isZero();
            assertThat(out)
                    .as(command)
                    .startsWith("Usage: mcp-guard " + command)
                    .contains("--help");
        }
    }

    private void prepare() throws IOException {
        run("init");
        Files.writeString(home().resolve("profiles.yaml"), PROFILES);
    }

    private Path home() {
        return folder.resolve("home");
    }

    private ApiKeyVerifier verifier() {
        ProfileFile store = ProfileFile.builder(home().resolve("profiles.yaml"), Set.of("ROLE_READ"), clock)
                .open();
        return new ApiKeyVerifier(store, new FileKeySource(home().resolve("keys")), clock, false);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        boolean takesHome = all.size() > 1 || all.equals(List.of("init"));
        if (takesHome && !all.contains("--help") && !all.contains("--version") && !all.contains("issu")) {
            all.add("--home");
            all.add(home().toString());
        }
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        int code = GuardCommand.run(
                clock,
                new SecureRandom(),
                new PrintWriter(said, true),
                new PrintWriter(complained, true),
                all.toArray(new String[0]));
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(file + "\n" + Files.readString(file));
            }
        }
        return contents;
    }

    private static String keyIn(String text) {
        Matcher key = KEY.matcher(text);
        assertThat(key.find()).isTrue();
        return key.group();
    }
}
