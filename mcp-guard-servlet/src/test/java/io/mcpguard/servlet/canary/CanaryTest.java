package io.mcpguard.servlet.canary;

import static io.mcpguard.servlet.canary.CanaryCaller.CLIENT;
import static io.mcpguard.servlet.canary.CanaryCaller.USER_AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.cli.GuardCommand;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.testkit.Canaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants values and secrets in every part of every kind of request, over both doors, to a service that puts what it gets into its
 * exceptions, and looks for them in everything that comes out.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CanaryTest {

    private static final String[] SHOWN = {USER_AGENT, CLIENT, CLIENT + " in its handshake"};

    private static final String PROFILES = """
            version: 1
            clients:
              - {id: assistant}
            profiles:
              - id: reader
                client: assistant
                principal: robot
                grants:
                  - {product: things, operations: ['*'], methods: [GET, POST, TOOL]}
              - id: direct
                client: assistant
                principal: robot
                tools: direct
                grants:
                  - {product: things, operations: ['*'], methods: [GET, POST, TOOL]}
              - id: empty
                client: assistant
            """;

    @TempDir
    static Path folder;

    private final Canaries values = new Canaries(new Random(41));
    private final Canaries secrets = new Canaries(new Random(42));
    private List<HttpResponse<String>> answers = List.of();
    private String said = "";

    @BeforeAll
    void callInEveryWay() throws Exception {
        cli("init", "--home", home().toString());
        Files.writeString(home().resolve("profiles.yaml"), PROFILES);
        String key = issue("reader");
        String closed = issue("empty");
        String forged = "mcpg_live_abcdefgh_" + secrets.plant("forged key") + "0123456789ABCDEFghijkl";
        String foreign = secrets.plant("token of another kind");
        try (RunningProcess service = new RunningProcess(home(), file("guard.log"), file("errors.log"))) {
            CanaryCaller caller = new CanaryCaller(service.uri(), values);
            for (String how : List.of("succeed", "fail", "conflict")) {
                caller.rest("POST", "/api/things/", how, key);
                caller.execute(how, key, false);
                caller.execute(how, key, true);
                caller.lookup(how, key);
            }
            for (String token : List.of(closed, forged, foreign, "")) {
                caller.rest("POST", "/api/things/", "succeed", token);
                caller.execute("succeed", token, !token.equals(foreign));
            }
            caller.rest("POST", "/api/nothing/", "succeed", key);
            caller.rest("CANARY", "/api/things/", "succeed", key);
            caller.unfit(key);
            caller.unknown(key);
            caller.initialize(key);
            caller.malformed(key);
            answers = caller.answers();
            new HostileCaller(service.uri(), key).call();
            said = service.end();
        }
    }

    private Path home() {
        return folder.resolve("guard");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String issue(String profile) {
        String issued = cli("key", "issue", "--home", home().toString(), "--profile", profile, "--format", "json");
        String key = new JsonMapper().readTree(issued).path("credential").stringValue("");
        secrets.plant("secret of the key of " + profile, key.substring(19, 51));
        return key;
    }

    private static String cli(String... arguments) {
        StringWriter out = new StringWriter();
        int code = GuardCommand.run(
                InstantSource.system(),
                new SecureRandom(),
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                arguments);
        assertThat(code).as("%s says %s", List.of(arguments), out).isZero();
        return out.toString();
    }

    private List<AuditEvent> events() throws IOException {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(home().resolve("audit"), damage::add).events()) {
            List<AuditEvent> all = events.toList();
            assertThat(damage).isEmpty();
            return all;
        }
    }

    @Test
    void every_kind_of_request_was_made_and_is_on_record() throws IOException {
        List<AuditEvent> calls = events().stream()
                .filter(event -> event.channel() != Channel.SELF)
                .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 400, 401, 404, 409, 500);
        for (Channel channel : List.of(Channel.REST, Channel.MCP)) {
            assertThat(calls.stream().filter(event -> event.channel() == channel))
                    .extracting(AuditEvent::stage)
                    .contains(Stage.INTENT, Stage.OUTCOME, Stage.DENIED);
        }
        assertThat(calls).extracting(event -> event.target().operationId()).contains("update", "lookup", "unknown");
        assertThat(calls).extracting(event -> event.verdict().detail()).contains("handler-failed");
        assertThat(calls)
                .anySatisfy(event ->
                        assertThat(event.source().userAgent().orElse("")).contains("mcpg_live_", "hidden"));
        assertThat(Files.readString(file("guard.log"))).contains("DEBUG", "Denied call", "message left out");
    }

    @Test
    void no_value_is_in_the_journal() throws IOException {
        for (Path file : files(home().resolve("audit"))) {
            assertThat(values.in(Files.readAllBytes(file), SHOWN))
                    .as("%s", file)
                    .isEmpty();
        }
        for (AuditEvent event : events()) {
            String rest = event.toString()
                    .replace(event.source().userAgent().orElse("none"), "")
                    .replace(event.source().clientInfo().orElse("none"), "");
            assertThat(values.in(rest)).isEmpty();
        }
    }

    @Test
    void no_value_is_in_the_log() throws IOException {
        assertThat(values.in(Files.readAllBytes(file("guard.log")))).isEmpty();
        assertThat(values.in(said)).isEmpty();
    }

    @Test
    void no_value_is_in_what_the_command_prints() {
        String journal = home().resolve("audit").toString();

        assertThat(values.in(cli("audit", "query", "--journal", journal))).isEmpty();
        assertThat(values.in(cli("audit", "query", "--journal", journal, "--format", "json"), SHOWN))
                .isEmpty();
        assertThat(values.in(cli("audit", "verify", journal))).isEmpty();
    }

    @Test
    void no_secret_is_anywhere_at_all() throws IOException {
        String journal = home().resolve("audit").toString();
        for (Path file : files(folder)) {
            assertThat(secrets.in(Files.readAllBytes(file))).as("%s", file).isEmpty();
        }
        for (HttpResponse<String> answer : answers) {
            assertThat(secrets.in(answer.headers().map() + answer.body())).isEmpty();
        }
        assertThat(secrets.in(said)).isEmpty();
        assertThat(secrets.in(cli("audit", "query", "--journal", journal, "--format", "json")))
                .isEmpty();
    }

    /** No value that a caller has sent is repeated to it, nor what an exception says. */
    @Test
    void no_answer_tells_a_value_or_the_text_of_an_exception() {
        String[] own = Stream.concat(Arrays.stream(SHOWN), repeated()).toArray(String[]::new);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(values.in(answer.headers().map() + answer.body(), own))
                        .isEmpty());
    }

    @Test
    void every_record_is_one_line_of_visible_characters() throws IOException {
        assertThat(events())
                .hasSizeGreaterThan(60)
                .allSatisfy(event -> assertThat(AuditEventJson.text(event)).matches("[ -~]+"));
        assertThat(events())
                .allSatisfy(event -> assertThat(event.source().userAgent().orElse(""))
                        .hasSizeLessThanOrEqualTo(200)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"));
        assertThat(events())
                .extracting(event -> event.source().clientInfo().orElse(""))
                .anyMatch(name -> name.startsWith("x??[main]"));
    }

    @Test
    void the_command_prints_nothing_that_a_terminal_acts_on() {
        String journal = home().resolve("audit").toString();

        for (String format : List.of("table", "json")) {
            String printed = cli("audit", "query", "--journal", journal, "--format", format);

            assertThat(printed).matches("(?s)[ -~\n]+").hasLineCount(printed.split("\n", -1).length - 1);
        }
    }

    @Test
    void nobody_can_add_a_line_to_the_log() throws IOException {
        List<String> lines = Files.readAllLines(file("guard.log"));

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "((DEBUG|INFO|WARN|ERROR) "
                                                + "|\\t+(at |\\.\\.\\. |Suppressed: |Caused by: )|(Caused by: )?io\\.mcpguard\\.)[ -~]+"));
        assertThat(String.join("", lines)).doesNotContain("forged");
    }

    /** The protocol has the id of a request repeated, and the revision that is not served. */
    private Stream<String> repeated() {
        return IntStream.rangeClosed(1, answers.size())
                .boxed()
                .flatMap(number -> Stream.of("id of request " + number, "version of request " + number));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }
}
