package io.mcpguard.spring.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.spring.service.GuardFolder;
import io.mcpguard.spring.service.Notes;
import io.mcpguard.spring.service.Security;
import io.mcpguard.spring.service.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks on authentication and authorization, over real connections to a real service; docs/attacks.md says where each class comes
 * from. Whatever is refused has run nothing, is on record, and has told nobody how the service is built.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksTest {

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static final String ADD_NOTE =
            "{\"endpoint_id\":\"addNote\",\"body\":{\"text\":\"written by an attacker\"}}";

    private GuardFolder folder;
    private Service service;

    @BeforeAll
    void start(@TempDir Path home) {
        folder = new GuardFolder(home);
        service = Service.start(
                folder,
                List.of("mcp.guard.limits.listings-per-minute=100000", "mcp.guard.limits.refusals-per-minute=100000"),
                Notes.class,
                Security.Usual.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private String bearer(String profile) {
        return "Authorization: Bearer " + folder.keyOf(profile);
    }

    private int ran() {
        return service.bean(Notes.class).ran();
    }

    private List<AuditEvent> refused() {
        try (Stream<AuditEvent> events =
                new JournalReader(folder.home().resolve("audit"), damage -> fail(damage)).events()) {
            return events.filter(event -> event.stage() == Stage.DENIED).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the lines as they are: an HTTP client would not send most of them. */
    private String send(String first, List<String> headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder request = new StringBuilder(first).append(" HTTP/1.1\r\nConnection: close\r\n");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
            request.append("Host: localhost:").append(port()).append("\r\n");
        }
        headers.forEach(line -> request.append(line).append("\r\n"));
        request.append("Content-Length: ")
                .append(bytes.length)
                .append("\r\n\r\n")
                .append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() {
        return Integer.parseInt(service.context().getEnvironment().getProperty("local.server.port", "0"));
    }

    private String post(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(
                List.of("Content-Type: application/json", "Accept: application/json, text/event-stream"));
        all.addAll(List.of(headers));
        return send("POST " + path, all, body);
    }

    private static String call(String tool, String arguments) {
        return call("1", tool, arguments);
    }

    private static String call(String id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{" + META + ",\"name\":\""
                + tool + "\",\"arguments\":" + arguments + "}}";
    }

    private static String[] modern(String tool, String... more) {
        return Stream.concat(
                        Stream.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: " + tool),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private void runsNothingAndLeavesARecord(Supplier<String> attack, int... statuses) {
        int before = ran();
        int recorded = refused().size();

        String answer = attack.get();

        assertThat(status(answer))
                .as(answer)
                .isIn(IntStream.of(statuses).boxed().toList());
        assertThat(ran()).as("operations that ran").isEqualTo(before);
        assertThat(refused()).as("records of refusals").hasSizeGreaterThan(recorded);
        tellsNothing(answer);
    }

    private static void tellsNothing(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("io.mcpguard", "org.springframework", "\tat ", "jakarta.", "journal");
    }

    // Row 3: header and body disagree.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mcp-Name: list_endpoints",
                "Mcp-Name: Execute_endpoint",
                "Mcp-Method: tools/list",
                "Mcp-Method: TOOLS/CALL",
                "MCP-Protocol-Version: 2025-11-25",
                "Mcp-Name: execute_endpoint, list_endpoints"
            })
    void what_the_headers_say_is_what_the_body_says(String lie) {
        String name = lie.substring(0, lie.indexOf(':') + 1);
        String[] headers = Stream.concat(
                        Stream.of(modern("execute_endpoint")).filter(line -> !line.startsWith(name)),
                        Stream.of(lie, bearer("writer")))
                .toArray(String[]::new);

        runsNothingAndLeavesARecord(
                () -> {
                    String answer = post("/mcp", call("execute_endpoint", ADD_NOTE), headers);
                    assertThat(answer).contains("-32020");
                    return answer;
                },
                400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mcp-Name: list_endpoints", "Mcp-Method: tools/list", "MCP-Protocol-Version: 2025-11-25"})
    void a_header_that_is_sent_twice_hides_nothing(String second) {
        runsNothingAndLeavesARecord(
                () -> post(
                        "/mcp",
                        call("execute_endpoint", ADD_NOTE),
                        modern("execute_endpoint", second, bearer("writer"))),
                400);
    }

    // Row 4: a second way in without authentication.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp",
                "/mcp/",
                "//mcp",
                "/./mcp",
                "/x/../mcp",
                "/mcp;x=y",
                "/mcp%2f",
                "/%6dcp",
                "/MCP",
                "/mcp?",
                "/mcp/sse",
                "/mcp/message",
                "/sse",
                "/mcp.json",
                "/mcp%00",
                "/mcp%3bx",
                "/mcp/..;/mcp",
                "/mcp/../mcp"
            })
    void no_spelling_of_the_path_is_a_way_in(String path) {
        int before = ran();
        for (String method : List.of("POST", "GET", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE")) {
            String answer = send(
                    method + " " + path,
                    List.of("Content-Type: application/json", "Accept: application/json, text/event-stream"),
                    method.equals("POST")
                            ? call("execute_endpoint", "{\"endpoint_id\":\"getNote\",\"path_params\":{\"id\":7}}")
                            : "");

            assertThat(answer).as(method + " " + path).doesNotContain("svc-", "getNote", "\"tools\"");
            assertThat(status(answer)).as(method + " " + path).isNotEqualTo(500);
            tellsNothing(answer.replace("X-Content-Type-Options", ""));
        }
        assertThat(ran()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token=KEY",
                "token=KEY",
                "key=KEY",
                "api_key=KEY",
                "authorization=Bearer%20KEY",
                "Authorization=Bearer+KEY"
            })
    void a_key_in_the_query_is_no_key(String query) {
        runsNothingAndLeavesARecord(
                () -> post(
                        "/mcp?" + query.replace("KEY", folder.keyOf("writer")),
                        call("execute_endpoint", ADD_NOTE),
                        modern("execute_endpoint")),
                401);
    }

    // Row 5: what is not open cannot be called by its name.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addNote",
                "addnote",
                "ADDNOTE",
                "addNote ",
                " addNote",
                "addNote\\u0000",
                "\\u0430ddNote",
                "addNote\\u200b",
                "notes.addNote",
                "notes/addNote",
                "../addNote",
                "hiddenNote",
                "POST /api/notes",
                "add*",
                "*",
                "getNote,addNote",
                "getNote\\naddNote"
            })
    void a_name_that_is_not_open_and_one_that_does_not_exist_look_the_same(String name) {
        String unknown = post(
                "/mcp",
                call("execute_endpoint", "{\"endpoint_id\":\"nothingOfThisName\",\"body\":{\"text\":\"x\"}}"),
                modern("execute_endpoint", bearer("reader")));
        int before = ran();
        int recorded = refused().size();

        String answer = post(
                "/mcp",
                call("execute_endpoint", "{\"endpoint_id\":\"" + name + "\",\"body\":{\"text\":\"x\"}}"),
                modern("execute_endpoint", bearer("reader")));

        assertThat(sentence(answer)).isEqualTo(sentence(unknown));
        assertThat(ran()).isEqualTo(before);
        assertThat(refused()).hasSizeGreaterThan(recorded);
    }

    /** All but what differs in any two answers: ids, times, and what was left of a limit. */
    private static String sentence(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"))
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("\r\n[0-9a-f]+\r\n", "\r\n");
    }

    @Test
    void what_is_listed_described_and_callable_is_one_set() {
        String listed = post("/mcp", call("list_endpoints", "{}"), modern("list_endpoints", bearer("reader")));
        assertThat(listed).contains("getNote").doesNotContain("addNote", "hiddenNote");

        for (String tool : List.of("endpoint_details", "execute_endpoint")) {
            String hidden = post("/mcp", call(tool, "{\"endpoint_id\":\"addNote\"}"), modern(tool, bearer("reader")));
            assertThat(hidden).as(tool).contains("operation-not-available").doesNotContain("/api/notes");
        }
    }

    // Row 6: somebody else's client or profile.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Profile-ID: writer",
                "X-Profile-ID: staff",
                "X-Profile-ID: nobody",
                "X-Profile-ID: *",
                "X-Profile-ID: READER",
                "X-Profile-ID: reader,writer",
                "X-Profile-ID: writer,reader",
                "X-Profile-ID: reader\r\nX-Profile-ID: writer",
                "X-Profile-ID: ",
                "X-Client-ID: another",
                "X-Client-ID: BOT",
                "X-Client-ID: bot\r\nX-Client-ID: bot"
            })
    void headers_select_only_what_the_key_is_entitled_to(String selection) {
        runsNothingAndLeavesARecord(
                () -> post(
                        "/mcp",
                        call("execute_endpoint", ADD_NOTE),
                        modern("execute_endpoint", bearer("reader"), selection)),
                403);
    }

    // Row 7: another site, another host.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example", "Origin: null", "Origin: http://localhost.evil.example",
                        "Origin: http://127.0.0.1.evil.example",
                "Origin: file://", "Origin: http://localhost@evil.example", "Host: evil.example",
                        "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example", "Host: evil.example:80"
            })
    void a_foreign_origin_or_host_is_refused_on_every_method(String header) {
        for (String method : List.of("POST", "GET", "DELETE")) {
            runsNothingAndLeavesARecord(
                    () -> send(
                            method + " /mcp",
                            List.of(
                                    header,
                                    bearer("writer"),
                                    "Content-Type: application/json",
                                    "Accept: application/json, text/event-stream",
                                    "MCP-Protocol-Version: 2026-07-28",
                                    "Mcp-Method: tools/call",
                                    "Mcp-Name: execute_endpoint"),
                            method.equals("POST") ? call("execute_endpoint", ADD_NOTE) : ""),
                    403);
        }
    }

    // Row 8: ids are no credentials, and belong to their caller.

    @Test
    void a_session_of_another_caller_opens_nothing() {
        HttpResponse<String> begun = service.post(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}",
                "Authorization",
                "Bearer " + folder.keyOf("writer"),
                "Accept",
                "application/json, text/event-stream");
        String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"execute_endpoint\","
                        + "\"arguments\":" + ADD_NOTE + "}}";

        runsNothingAndLeavesARecord(() -> post("/mcp", body, "Mcp-Session-Id: " + session), 401);
        runsNothingAndLeavesARecord(() -> post("/mcp", body, "Mcp-Session-Id: " + session, bearer("reader")), 404);
        assertThat(post("/mcp", body, "Mcp-Session-Id: " + session, bearer("writer")))
                .contains("written by an attacker");
    }

    @Test
    void callers_that_choose_the_same_ids_get_their_own_answers() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String profile = i % 2 == 0 ? "reader" : "writer";
            answers.add(CompletableFuture.supplyAsync(() -> profile + " "
                    + post(
                            "/mcp",
                            call(
                                    "\"same\"",
                                    "execute_endpoint",
                                    "{\"endpoint_id\":\"getNote\",\"path_params\":{\"id\":7}}"),
                            modern("execute_endpoint", bearer(profile)))));
        }

        assertThat(answers.stream().map(CompletableFuture::join).toList())
                .allSatisfy(answer -> assertThat(answer)
                        .contains("svc-" + answer.substring(0, answer.indexOf(' ')))
                        .doesNotContain(answer.startsWith("reader") ? "svc-writer" : "svc-reader"));
    }

    // Row 14, as far as keys go: what is no key of ours is nobody's, whatever it looks like.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3aWwiLCJyb2xlcyI6WyJXUklURVIiXX0.",
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3aWwifQ.c2lnbmF0dXJl",
                "Bearer mcpg_live_00000000_00000000000000000000000000000000000000",
                "Bearer null",
                "Bearer undefined",
                "Bearer",
                "Bearer  ",
                "bearer mcpg_live_",
                "Token mcpg_live_00000000_00000000000000000000000000000000000000",
                "Basic d2lsOndyb25n",
                "Digest username=\"wil\"",
                "mcpg_live_00000000_00000000000000000000000000000000000000"
            })
    void what_is_no_valid_credential_is_nobody_s(String authorization) {
        runsNothingAndLeavesARecord(
                () -> post(
                        "/mcp",
                        call("execute_endpoint", ADD_NOTE),
                        modern("execute_endpoint", "Authorization: " + authorization)),
                401);
    }

    @Test
    void two_credentials_are_none() {
        runsNothingAndLeavesARecord(
                () -> post(
                        "/mcp",
                        call("execute_endpoint", ADD_NOTE),
                        modern("execute_endpoint", bearer("reader"), bearer("writer"))),
                401);
    }

    // Row 18: no ambient login.

    @Test
    void the_session_of_a_browser_is_no_credential_at_the_endpoint() {
        String page = send("GET /api/notes/7", List.of("Authorization: " + Service.basic("wil")), "");
        assertThat(status(page)).as("the login works at the API").isEqualTo(200);
        String cookie = login();

        runsNothingAndLeavesARecord(
                () -> post("/mcp", call("execute_endpoint", ADD_NOTE), modern("execute_endpoint", "Cookie: " + cookie)),
                401);
    }

    /** Signs in as a browser does, and comes back with a session that the API takes. */
    private String login() {
        String form = send("GET /login", List.of("Accept: text/html"), "");
        String cookie = cookie(form);
        String token = form.replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
        String done = send(
                "POST /login",
                List.of("Content-Type: application/x-www-form-urlencoded", "Cookie: " + cookie),
                "username=wil&password=wil-pw&_csrf=" + token);
        String session = cookie(done);
        assertThat(status(send("GET /api/notes/7", List.of("Cookie: " + session), "")))
                .as("the session works at the API")
                .isEqualTo(200);
        return session;
    }

    private static String cookie(String answer) {
        return answer.replaceAll("(?s).*Set-Cookie: (JSESSIONID=[^;]+);.*", "$1");
    }
}
