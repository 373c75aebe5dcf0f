package io.mcpguard.core.protocol;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.decision.Reason;
import io.mcpguard.profile.ToolMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What holds for every request whatever: it is answered, by JSON-RPC, telling nothing of the inside; nobody gets in without a
 * credential; nothing runs that is not on record; and nothing stays taken. A fuzzer calls {@link #fuzzerTestOneInput}, a test
 * the same with what is kept of earlier runs.
 */
public final class EndpointFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 202, 400, 401, 403, 404, 405, 406, 413, 415, 429);
    private static final List<String> INSIDE = List.of(
            "java.",
            "javax.",
            "io.mcpguard",
            "tools.jackson",
            "com.networknt",
            "Exception",
            "\tat ",
            ".java:",
            "/tmp/",
            "/home/",
            "/root/",
            System.getProperty("user.dir"));
    private static final Set<String> BROKEN = Set.of(Reason.GUARD_UNAVAILABLE.code(), Reason.NO_ANSWER.code());

    /** Refused before the body is read: no id can be echoed. */
    private static final Set<Integer> UNREAD = Set.of(40307, 40308, 40500, 40600, 41300, 41500);

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final OrdersTools orders = server.orders;
    private final OrdersFeatures features = OrdersFeatures.at(server);
    private final McpEndpoint fixed;
    private final McpEndpoint direct;

    EndpointFuzz() {
        EndpointSettings standard = server.settings;
        server.settings = new EndpointSettings(
                "orders", "1.2.3", standard.instructions(), JsonLimits.DEFAULT, 4, 2, Duration.ofMinutes(5));
        var answering = orders.service;
        orders.service = call -> {
            features.runs(call.method());
            return answering.apply(call);
        };
        fixed = server.endpoint();
        orders.mode = ToolMode.DIRECT;
        direct = server.endpoint();
    }

    /** The one server of a fuzzer's process. */
    private static final class Shared {
        static final EndpointFuzz TARGET = new EndpointFuzz();
    }

    /**
     * Called by the fuzzer.
     *
     * @param input a request as {@link RawInput} reads it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Shared.TARGET.check(input);
    }

    private static void expect(boolean holds, String what, Object seen) {
        if (!holds) {
            throw new AssertionError(what + ": " + seen);
        }
    }

    void check(byte[] input) {
        reset();
        RawInput sent = RawInput.of(input, this::genuine);
        reset();
        orders.permits = sent.marks().contains("limited") ? 1 : Integer.MAX_VALUE;
        orders.trailWorks = !sent.marks().contains("unrecorded");
        McpEndpoint endpoint = sent.marks().contains("direct") ? direct : fixed;

        McpResponse response = endpoint.handle(
                        new McpRequest(sent.httpMethod(), sent.headers(), sent.body(), OrdersTools.ORIGIN, server.host))
                .toCompletableFuture()
                .getNow(null);

        expect(response != null, "no answer", sent);
        JsonNode message = sent.json();
        String text = response.stream()
                .map(stream -> drained(stream, message))
                .orElseGet(() -> new String(response.body(), StandardCharsets.UTF_8));
        List<JsonNode> answers = answers(response, text);
        form(response, answers, text);
        JsonNode read = sent.httpMethod().equals("POST") ? message : null;
        answers.forEach(answer -> answer(answer, response.status(), read));
        inside(response, text, sent);
        records(answers);
        access(sent, response, answers);
    }

    private void reset() {
        orders.permits = Integer.MAX_VALUE;
        orders.trailWorks = true;
        orders.inFlight = 0;
        orders.records.clear();
        orders.calls.clear();
        features.ran.clear();
    }

    /** What only the server can make: a cursor, a session, a request state. */
    private String genuine(String mark) {
        String text = switch (mark) {
            case "$C" -> "@tools/list ";
            case "$S" -> "@initialize \"protocolVersion\":\"2025-06-18\"";
            default -> "%tools/call \"name\":\"cancel\"";
        };
        RawInput request = RawInput.of(("\n\n" + text).getBytes(StandardCharsets.UTF_8), unused -> "");
        McpResponse response = fixed.handle(new McpRequest(
                        request.httpMethod(), request.headers(), request.body(), OrdersTools.ORIGIN, server.host))
                .toCompletableFuture()
                .join();
        if (mark.equals("$S")) {
            return response.header(RequestHeaders.SESSION).orElseThrow();
        }
        JsonNode result = OrdersEndpoint.body(response).path("result");
        return result.path(mark.equals("$C") ? "nextCursor" : "requestState").stringValue();
    }

    /** Reads to the end; a client that listens leaves, as there is no end to wait for. */
    private static String drained(EventStream stream, @Nullable JsonNode message) {
        StringBuilder events = new StringBuilder();
        stream.onReady(() -> {});
        for (byte[] next = stream.poll(); next != null; next = stream.poll()) {
            events.append(new String(next, StandardCharsets.UTF_8));
        }
        boolean listens = message != null
                && message.path("method").stringValueOpt().orElse("").equals("subscriptions/listen");
        expect(stream.ended() || listens, "a stream does not end", events);
        stream.abandon();
        expect(stream.ended(), "a stream goes on without its client", events);
        return events.toString();
    }

    private static List<JsonNode> answers(McpResponse response, String text) {
        List<JsonNode> answers = new ArrayList<>();
        if (response.stream().isPresent()) {
            for (String event : text.split("\n\n", 0)) {
                expect(event.startsWith("event: message\ndata: "), "an event of no form", text);
                JsonNode data = OrdersTools.tree(event.substring("event: message\ndata: ".length()));
                if (!data.has("method")) {
                    answers.add(data);
                }
            }
        } else if (!text.isEmpty()) {
            JsonNode body = OrdersTools.tree(text);
            if (body.isArray()) {
                body.forEach(answers::add);
            } else {
                answers.add(body);
            }
        }
        return answers;
    }

    private void form(McpResponse response, List<JsonNode> answers, String text) {
        int status = response.status();
        expect(STATUSES.contains(status) || (status == 503 && !orders.trailWorks), "a status that is none", status);
        expect(status < 400 || answers.size() == 1, "a refusal without one body", text);
        expect(status != 202 || text.isEmpty(), "an accepted message with an answer", text);
        expect(status != 200 || !answers.isEmpty() || response.stream().isPresent(), "a result without a body", text);
        expect(status == 202 || response.header("Content-Type").isPresent(), "a body of no type", response.headers());
    }

    private static void answer(JsonNode answer, int status, @Nullable JsonNode message) {
        expect(answer.path("jsonrpc").stringValue("").equals("2.0"), "an answer not of JSON-RPC 2.0", answer);
        JsonNode error = answer.path("error");
        expect(answer.has("result") != answer.has("error"), "neither result nor error", answer);
        expect(status < 400 || answer.has("error"), "a refusal without an error", answer);
        if (answer.has("error")) {
            expect(error.path("code").isIntegralNumber(), "an error without a code", answer);
            expect(!error.path("message").stringValue("").isBlank(), "an error without a sentence", answer);
            expect(error.path("code").intValue() != RpcError.INTERNAL_ERROR, "an internal error", answer);
        }
        if (message == null || message.isArray() || !(Message.of(message) instanceof Message.Request request)) {
            return;
        }
        boolean unread = UNREAD.contains(error.path("code").intValue(0)) && !answer.has("id");
        boolean beforeReading = unread || ((status == 429 || status == 503) && !answer.has("id"));
        expect(beforeReading || request.id().equals(answer.get("id")), "an answer to nobody", answer);
    }

    private static void inside(McpResponse response, String text, RawInput sent) {
        String all = response.headers() + text;
        for (String word : INSIDE) {
            expect(!all.contains(word) || sent.known().contains(word), "an answer tells of the inside, " + word, all);
        }
    }

    private void records(List<JsonNode> answers) {
        List<AuditEvent> records = orders.records;
        expect(!features.everRanUnrecorded(), "something ran that was not on record", features.ran);
        expect(count(Stage.INTENT) == features.ran.size(), "intents and runs differ", records);
        expect(orders.inFlight == 0, "permits that nobody gave back", orders.inFlight);
        if (!orders.trailWorks) {
            expect(
                    answers.stream()
                            .map(answer -> answer.path("result"))
                            .allMatch(result ->
                                    result.isEmpty() || result.path("isError").booleanValue(false)),
                    "a result that is not on record",
                    answers);
            return;
        }
        expect(
                records.stream()
                        .noneMatch(record -> BROKEN.contains(record.verdict().reason())),
                "the guard broke",
                records);
        Set<String> ends = records.stream()
                .filter(record -> record.stage() != Stage.INTENT)
                .map(record -> record.callId().toString())
                .collect(Collectors.toSet());
        expect(
                records.stream()
                        .allMatch(record -> ends.contains(record.callId().toString())),
                "a call without an outcome",
                records);
        long telling = answers.stream()
                .filter(answer -> answer.has("error") || !answer.path("result").isEmpty())
                .count();
        expect(ends.size() >= telling, "an answer that is not on record", answers);
    }

    private long count(Stage stage) {
        return orders.records.stream().filter(event -> event.stage() == stage).count();
    }

    private void access(RawInput sent, McpResponse response, List<JsonNode> answers) {
        List<String> keys = sent.headers().stream()
                .filter(field -> field.isNamed("Authorization"))
                .map(field -> field.value().toLowerCase(Locale.ROOT))
                .toList();
        Optional<String> key = keys.size() == 1 ? Optional.of(keys.get(0).strip()) : Optional.empty();
        boolean writes = key.filter(k -> k.endsWith("key:writer") || k.endsWith("key:other"))
                .isPresent();
        boolean reads = writes || key.filter(k -> k.endsWith("key:reader")).isPresent();
        if (!reads) {
            expect(response.status() >= 400, "nobody is let in", response.status());
            expect(answers.stream().noneMatch(answer -> answer.has("result")), "nobody gets a result", answers);
        }
        List<String> beyond = writes
                ? List.of()
                : reads
                        ? features.ran.stream()
                                .filter(run -> !run.equals("GET"))
                                .toList()
                        : features.ran;
        expect(beyond.isEmpty(), "something ran that the caller may not", beyond);
        expect(!sent.marks().contains("limited") || features.ran.size() <= 1, "more ran than permitted", features.ran);
        expect(sent.httpMethod().equals("POST") || features.ran.isEmpty(), "something ran without a POST", sent);
    }
}
