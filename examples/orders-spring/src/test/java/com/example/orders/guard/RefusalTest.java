package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.orders.ServiceTest;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.IssuedKey;
import io.mcpguard.testkit.McpTestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bad input of every kind: a clear error, one record with the reason, and no controller has seen anything. */
class RefusalTest extends ServiceTest {

    private static final Call READ = Call.of("getOrder").path("orderId", 7);

    @Autowired
    private McpGuard guard;

    @Autowired
    private Arrivals arrivals;

    @LocalServerPort
    private int port;

    private Doors doors;
    private final Trail trail = new Trail(GUARD.journal());

    @TestFactory
    Stream<DynamicTest> who_is_not_entitled_is_refused_at_both_doors() {
        doors = new Doors(port);
        Caller developer = developer();
        return Stream.of(
                        refused("no credential", developer.without("Authorization"), 401, "unauthenticated"),
                        refused("no key at all", bearer("nonsense"), 401, "unauthenticated"),
                        refused("key of another service", bearer(keyOfAnotherService()), 401, "unauthenticated"),
                        refused(
                                "altered key",
                                bearer(altered(GUARD.keyOf(GuardFolder.DEVELOPER))),
                                401,
                                "unauthenticated"),
                        refused("expired key", bearer(expired()), 401, "unauthenticated"),
                        refused("superseded key", bearer(superseded()), 401, "unauthenticated"),
                        refused("suspended key", bearer(suspended()), 401, "unauthenticated"),
                        refused("revoked key", bearer(revoked()), 401, "unauthenticated"),
                        refused("unknown client", developer.with("X-Client-ID", "nobody"), 403, "profile-not-entitled"),
                        refused(
                                "unknown profile",
                                developer.with("X-Profile-ID", "nothing"),
                                403,
                                "profile-not-entitled"),
                        refused(
                                "a wider profile",
                                developer.with("X-Profile-ID", GuardFolder.ADMINISTRATOR),
                                403,
                                "profile-not-entitled"),
                        refused(
                                "a user without that profile",
                                Caller.user("bob", "back-office", GuardFolder.ADMINISTRATOR),
                                403,
                                "profile-not-entitled"),
                        refused(
                                "a profile of others",
                                Caller.user("alice", "support-bot", GuardFolder.CHATBOT),
                                403,
                                "profile-not-entitled"))
                .flatMap(Function.identity());
    }

    private Stream<DynamicTest> refused(String name, Caller caller, int status, String reason) {
        return Stream.of(
                dynamicTest(
                        name + ", REST", () -> expect(status, reason, () -> doors.rest(READ, caller, guard.catalog()))),
                dynamicTest(name + ", MCP", () -> expect(status, reason, () -> doors.mcp(READ, caller))));
    }

    @TestFactory
    Stream<DynamicTest> arguments_that_do_not_fit_are_refused() {
        doors = new Doors(port);
        String unfit = "arguments-invalid";
        return Stream.of(
                tool("an unknown operation", 404, "operation-not-available", Call.of("dropTables")),
                tool(
                        "one nobody published",
                        404,
                        "operation-not-available",
                        Call.of("purge").path("orderId", 7)),
                tool(
                        "one outside the profile",
                        404,
                        "operation-not-available",
                        Call.of("cancelOrder").path("orderId", 7)),
                tool("an undeclared path parameter", 422, unfit, READ.path("admin", true)),
                tool("an undeclared query parameter", 422, unfit, READ.query("admin", true)),
                tool("an undeclared header", 422, unfit, READ.header("X-Admin", "true")),
                tool("a header of the guard", 422, unfit, READ.header("X-Profile-ID", GuardFolder.ADMINISTRATOR)),
                tool("a header of the protocol", 422, unfit, READ.header("Authorization", "Basic eDp5")),
                tool("a body where there is none", 422, unfit, READ.body("{}")),
                tool("a missing parameter", 422, unfit, Call.of("getOrder")),
                tool("a text for a number", 422, unfit, Call.of("getOrder").path("orderId", "seven")),
                tool("a fraction for a number", 422, unfit, Call.of("getOrder").path("orderId", 7.5)),
                tool("a list for a number", 422, unfit, Call.of("getOrder").path("orderId", List.of(7))),
                tool("a number out of range", 422, unfit, Call.of("getOrder").path("orderId", 0)),
                tool("a value of no list", 422, unfit, Call.of("listStockItems").query("category", "CARS")),
                tool(
                        "a number for a truth",
                        422,
                        unfit,
                        Call.of("listStockItems").query("lowStock", 1)));
    }

    /** Each wants to reach another path than the one of the operation; see also the sibling that nobody published. */
    @TestFactory
    Stream<DynamicTest> tricks_with_paths_are_refused() {
        doors = new Doors(port);
        return Stream.of(
                        "7/cancel",
                        "../customers/7",
                        "..%2fcustomers%2f7",
                        "%2e%2e%2fadmin",
                        "7?admin=true",
                        "7#x",
                        "7;x=y",
                        "7\r\nX-Admin: 1",
                        "%252e%252e%252f",
                        ".",
                        "..",
                        "",
                        " ",
                        "\\..\\admin",
                        "7\u0000",
                        "%c0%ae%c0%ae%c0%af",
                        "／７",
                        "export.csv",
                        "report/monthly")
                .map(value -> dynamicTest(
                        "sku " + JsonNodeFactory.instance.stringNode(value),
                        () -> expect(
                                422,
                                "arguments-invalid",
                                () -> doors.mcp(Call.of("getStockItem").path("sku", value), developer()))));
    }

    private DynamicTest tool(String name, int status, String reason, Call call) {
        return dynamicTest(name, () -> expect(status, reason, () -> doors.mcp(call, developer())));
    }

    @TestFactory
    Stream<DynamicTest> rest_requests_outside_the_profile_are_refused() {
        doors = new Doors(port);
        return Stream.of(
                        List.of("GET", "/api/admin/audit-flags"),
                        List.of("DELETE", "/api/admin/orders/7"),
                        List.of("GET", "/actuator/health"),
                        List.of("POST", "/api/orders/7/cancel"),
                        List.of("GET", "/api//orders/7"),
                        List.of("GET", "/api/orders/7;x=y"),
                        List.of("GET", "/api/orders/%2e%2e/admin/audit-flags"))
                .map(request -> dynamicTest(
                        request.toString(),
                        () -> expect(
                                404,
                                "operation-not-available",
                                () -> Doors.plain(doors.send(doors.request(request.get(1), developer())
                                        .method(request.get(0), BodyPublishers.noBody())
                                        .build())))));
    }

    @TestFactory
    Stream<DynamicTest> messages_that_are_none_are_refused() {
        doors = new Doors(port);
        String fine = Doors.message("execute_endpoint", arguments());
        return Stream.of(
                raw("no JSON", 400, "request-malformed", "{\"jsonrpc\": \"2.0\", "),
                raw("data behind it", 400, "request-malformed", fine + "{}"),
                raw("a key twice", 400, "request-malformed", fine.replace("\"id\":1", "\"id\":1,\"id\":2")),
                raw("not a number", 400, "request-malformed", fine.replace("\"id\":1", "\"id\":NaN")),
                raw("too deep", 400, "request-malformed", fine.replace("\"id\":1", "\"id\":" + "[".repeat(5000))),
                raw(
                        "too large",
                        413,
                        "request-too-large",
                        fine.replace("\"id\":1", "\"id\":\"" + "x".repeat(1 << 20) + "\"")),
                raw(
                        "another tool than the header says",
                        400,
                        "request-malformed",
                        fine.replace("execute_endpoint", "list_endpoints")));
    }

    private DynamicTest raw(String name, int status, String reason, String body) {
        return dynamicTest(
                name,
                () -> expect(status, reason, () -> {
                    Reply reply = doors.message(body, "execute_endpoint", developer());
                    assertThat(reply.body().path("error").path("code").asInt(0)).isNotZero();
                    return reply;
                }));
    }

    @Test
    void a_foreign_origin_is_refused() {
        doors = new Doors(port);
        Caller page = developer().with("Origin", "https://evil.example");

        expect(403, "origin-not-allowed", () -> doors.mcp(READ, page));
    }

    @Test
    void a_foreign_host_is_refused() {
        doors = new Doors(port);

        expect(403, "host-not-allowed", () -> asHost("rebound.example"));
    }

    private Reply asHost(String host) {
        byte[] body = Doors.message("execute_endpoint", arguments()).getBytes(StandardCharsets.UTF_8);
        String head =
                """
                POST /mcp HTTP/1.1
                Host: %s
                Authorization: Bearer %s
                Content-Type: application/json
                Accept: application/json, text/event-stream
                MCP-Protocol-Version: %s
                Mcp-Method: tools/call
                Mcp-Name: execute_endpoint
                Content-Length: %d
                Connection: close

                """.formatted(host, GUARD.keyOf(GuardFolder.DEVELOPER), McpTestClient.MODERN_REVISION, body.length);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            InputStream answer = socket.getInputStream();
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            int status = Integer.parseInt(text.substring(9, 12));
            return new Reply(status, status, "", JsonNodeFactory.instance.stringNode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(int status, String reason, Supplier<Reply> request) {
        int before = arrivals.count();
        Reply[] reply = new Reply[1];

        List<AuditEvent> records = trail.during(() -> reply[0] = request.get());

        assertThat(reply[0].status()).as("%s", reply[0]).isEqualTo(status);
        assertThat(reply[0].body().toString()).doesNotContain("Exception", "io.mcpguard", "mcpg_");
        assertThat(records).extracting(AuditEvent::stage).containsExactly(Stage.DENIED);
        assertThat(records.get(0).verdict().reason()).as("%s", records).isEqualTo(reason);
        assertThat(arrivals.count()).isEqualTo(before);
    }

    private static ObjectNode arguments() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("endpoint_id", "getOrder");
        arguments.putObject("path_params").put("orderId", 7);
        return arguments;
    }

    private static Caller developer() {
        return bearer(GUARD.keyOf(GuardFolder.DEVELOPER));
    }

    private static Caller bearer(String key) {
        return Caller.key("developer", "claude-assistant", GuardFolder.DEVELOPER, key);
    }

    private static String altered(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A');
    }

    private static String keyOfAnotherService() {
        Path other =
                Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
        return new GuardFolder(other, GuardFolder::roomy).keyOf(GuardFolder.DEVELOPER);
    }

    private static String expired() {
        IssuedKey key = GUARD.issue(GuardFolder.DEVELOPER);
        endedYesterday(key.record());
        return key.key().reveal();
    }

    private static String superseded() {
        IssuedKey old = GUARD.issue(GuardFolder.USER);
        IssuedKey successor = GUARD.issuer().rotate(old.record().id(), Duration.ofDays(1));
        endedYesterday(GUARD.records().find(old.record().id()).orElseThrow());
        GUARD.issuer().revoke(successor.record().id());
        GUARD.save();
        return old.key().reveal();
    }

    private static String suspended() {
        IssuedKey key = GUARD.issue(GuardFolder.DEVELOPER);
        GUARD.issuer().suspend(key.record().id());
        GUARD.save();
        return key.key().reveal();
    }

    private static String revoked() {
        IssuedKey key = GUARD.issue(GuardFolder.CHATBOT);
        GUARD.issuer().revoke(key.record().id());
        GUARD.save();
        return key.key().reveal();
    }

    private static void endedYesterday(ApiKeyRecord record) {
        GUARD.records()
                .put(new ApiKeyRecord(
                        record.id(),
                        record.hash(),
                        record.profile(),
                        record.kind(),
                        record.created(),
                        record.notBefore(),
                        Optional.of(Instant.now().minus(Duration.ofDays(1))),
                        record.state(),
                        record.supersededBy(),
                        record.comment()));
        GUARD.save();
    }
}
