package com.example.session;

import com.example.session.Connection.Access;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The script of the session, step by step. */
final class OrdersSession {

    private static final List<String> TOOLS =
            List.of("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint");
    private static final String DEVELOPER = "developer-readonly";
    private static final String CHATBOT = "support-chatbot";
    private static final String READ = "getOrder";
    private static final String CANCEL = "cancelOrder";

    /** A paid order, which could still be cancelled by those who may. */

    /** A paid order, which could still be cancelled by those who may. */
    private static final long ORDER = 2995;

    private static final Map<String, Object> THE_ORDER = Map.of("orderId", ORDER);

    /** How often the loop may use up the largest limit; a machine would have to be very slow to get there. */
    private static final int MOST_ROUNDS = 20;

    private final Connection connection;
    private final AuditQuery audit;
    private final InstantSource clock;
    private final Report report;
    private final Deeds deeds = new Deeds();

    OrdersSession(Connection connection, AuditQuery audit, InstantSource clock, Report report) {
        this.connection = connection;
        this.audit = audit;
        this.clock = clock;
        this.report = report;
    }

    void play() {
        Instant start = clock.instant();
        try (HandshakeClient developer = connect(DEVELOPER)) {
            listCollections(developer, DEVELOPER);
            searchEndpoints(developer);
            readDetails(developer);
            JsonNode order = readOrder(developer);
            readOrderOverRest(order);
            readOrderWithoutHandshake(order);
            callOutsideTheProfile(developer, order);
        }
        try (HandshakeClient chatbot = connect(CHATBOT)) {
            listCollections(chatbot, CHATBOT);
            loopIntoTheLimit(chatbot);
        }
        askTheAuditTrail(start);
    }

    private HandshakeClient connect(String profile) {
        Access access = connection.access(profile);
        report.step("Connect as client " + access.clientId() + " with profile " + profile);
        HandshakeClient client = new HandshakeClient(connection.url(), access);
        InitializeResult server = client.connect();
        report.say(server.serverInfo().name() + " at " + connection.url() + " speaks MCP " + server.protocolVersion());
        List<String> tools = client.tools();
        report.expect(
                new TreeSet<>(tools).equals(new TreeSet<>(TOOLS)),
                "the whole API takes four tools: " + String.join(", ", TOOLS),
                tools);
        return client;
    }

    private void listCollections(HandshakeClient client, String profile) {
        report.step("list_collections: what may " + profile + " use?");
        Answer answer = discover(client, profile, "list_collections", Map.of());
        List<JsonNode> collections = items(answer, "collections");
        for (JsonNode collection : collections) {
            report.say("%-10s %2d endpoints  %s"
                    .formatted(
                            collection.path("collection_id").asString(),
                            collection.path("published_endpoints").asInt(),
                            collection.path("description").asString()));
        }
        report.expect(
                !collections.isEmpty()
                        && collections.stream()
                                .allMatch(c -> c.path("published_endpoints").asInt() > 0),
                "it shows what this profile may call and nothing else",
                answer.content());
    }

    private void searchEndpoints(HandshakeClient client) {
        report.step("list_endpoints: search for \"order\"");
        Answer answer = discover(client, DEVELOPER, "list_endpoints", Map.of("query", "order"));
        List<JsonNode> endpoints = items(answer, "endpoints");
        for (JsonNode endpoint : endpoints) {
            report.say("%-22s %s %s"
                    .formatted(
                            endpoint.path("endpoint_id").asString(),
                            endpoint.path("methods").path(0).asString(),
                            endpoint.path("path").asString()));
        }
        List<String> ids =
                endpoints.stream().map(e -> e.path("endpoint_id").asString()).toList();
        report.expect(ids.contains(READ), "it finds " + READ, ids);
        report.expect(!ids.contains(CANCEL), "it does not show " + CANCEL + ", which this profile may not call", ids);
    }

    private void readDetails(HandshakeClient client) {
        report.step("endpoint_details: how is " + READ + " called?");
        Answer answer = discover(client, DEVELOPER, "endpoint_details", Map.of("endpoint_id", READ));
        JsonNode parameter = answer.content().path("path_params").path(0);
        report.say("path_params  " + parameter.path("name").asString() + " " + parameter.path("schema"));
        report.say("hints        " + answer.content().path("hints"));
        report.say("limits       " + answer.content().path("limits").path("of_profile"));
        report.expect(
                parameter.path("name").asString("").equals("orderId")
                        && parameter.path("schema").path("type").asString("").equals("integer"),
                "the schema says that it is a whole number",
                answer.content());
    }

    private JsonNode readOrder(HandshakeClient client) {
        report.step("execute_endpoint: read order " + ORDER);
        Answer answer = execute(client, DEVELOPER, READ);
        report.say(answer.status() + " " + answer.body());
        report.expect(
                !answer.error()
                        && answer.status() == 200
                        && answer.body().path("id").asLong(0) == ORDER,
                "the service's own answer comes back",
                answer);
        return answer.body();
    }

    private void readOrderOverRest(JsonNode order) {
        report.step("The same over REST, with the same key");
        RestClient.Reply reply =
                new RestClient(connection.restUrl(), connection.access(DEVELOPER)).read("/api/orders/" + ORDER);
        deeds.did("REST", DEVELOPER, READ, reply.status());
        report.expect(
                reply.status() == 200 && reply.body().equals(order),
                "GET /api/orders/" + ORDER + " gives the same status and body",
                reply);
    }

    private void readOrderWithoutHandshake(JsonNode order) {
        report.step("The same as a single request of MCP " + ModernClient.REVISION + ", which has no handshake");
        String id = "session-7";
        ModernClient.Reply reply = new ModernClient(connection.url(), connection.access(DEVELOPER))
                .callTool(id, "execute_endpoint", Map.of("endpoint_id", READ, "path_params", THE_ORDER));
        Answer answer = reply.answer();
        deeds.did("MCP", DEVELOPER, READ, answer.status());
        report.expect(
                reply.status() == 200
                        && reply.message().path("id").asString("").equals(id)
                        && reply.result().path("resultType").asString("").equals("complete"),
                "one POST, one complete result with the id of the request",
                reply);
        report.expect(
                !answer.error() && answer.status() == 200 && answer.body().equals(order), "the same order", answer);
    }

    private void callOutsideTheProfile(HandshakeClient client, JsonNode order) {
        report.step("execute_endpoint: cancel order " + ORDER + ", which is outside the profile");
        Answer answer = client.call(
                "execute_endpoint",
                Map.of("endpoint_id", CANCEL, "path_params", THE_ORDER, "body", Map.of("reason", "just trying")));
        report.say(shown(answer));
        deeds.wasRefused("MCP", DEVELOPER, CANCEL, answer);
        report.expect(
                answer.error() && answer.status() == 404 && answer.refusal().equals("operation-not-available"),
                "refused, and not told apart from an endpoint that does not exist",
                answer);
        Answer after = execute(client, DEVELOPER, READ);
        report.expect(
                after.status() == 200
                        && !after.body().path("status").asString("").equals("CANCELLED"),
                "the order is as it was: " + after.body().path("status").asString(),
                after);
    }

    private void loopIntoTheLimit(HandshakeClient client) {
        Answer details = discover(client, CHATBOT, "endpoint_details", Map.of("endpoint_id", READ));
        JsonNode limits = details.content().path("limits").path("of_profile");
        report.step("A loop: " + CHATBOT + " reads the order again and again");
        report.say("limits       " + limits);
        Loop loop = new Loop(clock);
        Answer refusal = loop.run(() -> executeOnce(client), MOST_ROUNDS * mostCalls(limits))
                .orElseThrow(() -> new Unexpected(loop.admitted() + " calls went through without end"));
        for (int i = 0; i < loop.admitted(); i++) {
            deeds.did("MCP", CHATBOT, READ, 200);
        }
        report.say(shown(refusal));
        deeds.wasRefused("MCP", CHATBOT, READ, refusal);
        report.expect(
                refusal.status() == 429 && refusal.refusal().equals("limit-reached"), "the loop is refused", refusal);
        JsonNode limit = limitOf(limits, refusal.body().path("limit").asString(""));
        int calls = limit.path("calls").asInt(0);
        Duration period = Duration.parse(limit.path("period").asString("PT0S"));
        report.expect(
                loop.windowHeld(calls, period),
                "exactly " + calls + " calls went through within " + period.toSeconds() + " s",
                loop.admitted());
        long wait = refusal.body().path("retry_after_seconds").asLong(0);
        report.expect(
                wait >= 1 && wait <= Math.max(1, period.toSeconds()), "told to wait " + wait + " s", refusal.body());
    }

    private static int mostCalls(JsonNode limits) {
        return StreamSupport.stream(limits.spliterator(), false)
                .mapToInt(limit -> limit.path("calls").asInt(0))
                .max()
                .orElse(1);
    }

    private static JsonNode limitOf(JsonNode limits, String name) {
        return StreamSupport.stream(limits.spliterator(), false)
                .filter(limit -> limit.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Unexpected("the refusal names the limit '" + name + "', which is not in " + limits));
    }

    private static String shown(Answer refusal) {
        return refusal.status() + " " + refusal.refusal() + ": "
                + refusal.body().path("detail").asString("");
    }

    private void askTheAuditTrail(Instant start) {
        Instant end = clock.instant();
        report.step("The audit trail of these calls");
        report.say("$ " + audit.shown());
        shorten(audit.records(start, end, "table").lines().toList()).forEach(report::sayWide);
        AuditCheck.of(audit.records(start, end, "json")).against(deeds, report);
        audit.verify().lines().reduce((before, line) -> line).ifPresent(line -> report.expect(true, line));
    }

    /** The loop takes many lines that are all alike. */
    private static List<String> shorten(List<String> lines) {
        int head = 22;
        int tail = 5;
        if (lines.size() <= head + tail) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, head));
        shown.add("... " + (lines.size() - head - tail) + " more lines ...");
        shown.addAll(lines.subList(lines.size() - tail, lines.size()));
        return shown;
    }

    private Answer executeOnce(HandshakeClient client) {
        return client.call("execute_endpoint", Map.of("endpoint_id", READ, "path_params", THE_ORDER));
    }

    private Answer execute(HandshakeClient client, String profile, String operation) {
        Answer answer = client.call("execute_endpoint", Map.of("endpoint_id", operation, "path_params", THE_ORDER));
        deeds.did("MCP", profile, operation, answer.status());
        return answer;
    }

    private Answer discover(HandshakeClient client, String profile, String tool, Map<String, Object> arguments) {
        Answer answer = client.call(tool, arguments);
        if (answer.error()) {
            throw new Unexpected(tool + " failed: " + answer.content());
        }
        deeds.did("MCP", profile, tool, 200);
        return answer;
    }

    private static List<JsonNode> items(Answer answer, String name) {
        return StreamSupport.stream(answer.content().path(name).spliterator(), false)
                .toList();
    }
}
