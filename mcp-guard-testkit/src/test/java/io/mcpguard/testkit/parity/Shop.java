package io.mcpguard.testkit.parity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.testkit.LimitMeter;
import io.mcpguard.testkit.RecordingSink;
import io.mcpguard.testkit.internal.JsonReader;
import io.mcpguard.testkit.internal.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small guarded service with two doors, which can be made to treat one of them differently. */
final class Shop implements AutoCloseable {

    /** What is wrong with the MCP door. */
    enum Fault {
        OTHER_STATUS,
        OTHER_BODY,
        OTHER_TYPE,
        NO_RECORD,
        OTHER_PRINCIPAL,
        OTHER_REASON,
        TAKES_TWICE,
        TAKES_NOTHING,
        COUNTS_ELSEWHERE,
        KEEPS_PERMIT,
        OPENS_EVERYTHING,
        REFUSES_WITH_SERVICE_STATUS,
        KNOWS_NOBODY,
        SHOWS_NOTHING
    }

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PERMITS = 1000;
    private static final String ID =
            "[{\"name\":\"orderId\",\"required\":true,\"schema\":{\"type\":\"integer\"," + "\"minimum\":7}}]";
    private static final String BODY = ",\"request_body\":{\"required\":true,\"content_type\":\"application/json\","
            + "\"schema\":{\"type\":\"object\",\"required\":[\"sku\"],\"properties\":{\"sku\":{\"enum\":[\"TOY-1\"]}}}}";

    /** Operations with method, path and description of each. */
    private static final Map<String, String[]> OPERATIONS = Map.of(
            "getOrder",
            new String[] {"GET", "/api/orders/{orderId}", ID, ""},
            "placeOrder",
            new String[] {"POST", "/api/orders", "[]", BODY},
            "report",
            new String[] {"GET", "/api/report", "[]", ""});

    static {
        // Without it every answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Set<Fault> faults;
    private final RecordingSink sink = new RecordingSink();
    private final AtomicInteger placed = new AtomicInteger();
    private int left = PERMITS;
    private final LimitMeter meter = LimitMeter.over(this::reserve);

    Shop(Fault... faults) {
        this.faults = EnumSet.noneOf(Fault.class);
        this.faults.addAll(List.of(faults));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/mcp", this::mcp);
        server.createContext("/api", this::rest);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<AuditEvent> trail() {
        return sink.events();
    }

    LimitMeter meter() {
        return meter;
    }

    int placed() {
        return placed.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized Reservation reserve(List<LimitDemand> demands) {
        left -= demands.size();
        return new Reservation.Granted(
                Permit.unlimited(), new Reservation.Standing("per-minute", PERMITS, left, Duration.ZERO));
    }

    private record Answer(int status, String type, String body) {}

    private boolean has(Fault fault, Channel channel) {
        return channel == Channel.MCP && faults.contains(fault);
    }

    /** The guard and the service behind it: the same for both doors, but for the fault. */
    private Answer call(Channel channel, String operation, String caller, String argument) {
        boolean open = !operation.equals("report") || caller.equals("admin") || has(Fault.OPENS_EVERYTHING, channel);
        if (caller.isEmpty()) {
            return refused(channel, operation, caller, 401, "unauthenticated");
        }
        if (!open) {
            return has(Fault.REFUSES_WITH_SERVICE_STATUS, channel)
                    ? refused(channel, operation, caller, 403, "refused-by-service")
                    : refused(channel, operation, caller, 404, "operation-not-available");
        }
        List<LimitDemand> demands = demands(channel, caller);
        Optional<Permit> permit = demands.isEmpty()
                ? Optional.empty()
                : Optional.of(((Reservation.Granted) meter.reserve(demands)).permit());
        UUID callId = UUID.randomUUID();
        keep(channel, callId, Stage.INTENT, operation, caller, argument, "allowed", AuditResult.pending());
        Answer answer = serve(channel, operation, argument);
        keep(
                channel,
                callId,
                Stage.OUTCOME,
                operation,
                caller,
                argument,
                "allowed",
                AuditResult.ofStatus(answer.status(), Duration.ZERO));
        if (!has(Fault.KEEPS_PERMIT, channel)) {
            permit.ifPresent(Permit::close);
        }
        return answer;
    }

    private List<LimitDemand> demands(Channel channel, String caller) {
        String owner = has(Fault.COUNTS_ELSEWHERE, channel) ? caller + "-mcp" : caller;
        LimitDemand demand = new LimitDemand(
                new LimitKey("profile", owner, "per-minute"), new Limit.Rate("per-minute", PERMITS, MINUTE));
        if (has(Fault.TAKES_NOTHING, channel)) {
            return List.of();
        }
        return has(Fault.TAKES_TWICE, channel) ? List.of(demand, demand) : List.of(demand);
    }

    private Answer serve(Channel channel, String operation, String argument) {
        int status = has(Fault.OTHER_STATUS, channel) ? 500 : 200;
        String type = has(Fault.OTHER_TYPE, channel) ? "application/json; v=2" : "application/json";
        int price = has(Fault.OTHER_BODY, channel) ? 13 : 12;
        int number = operation.equals("placeOrder") ? placed.incrementAndGet() : 0;
        return new Answer(
                status,
                type,
                "{\"said\":" + JsonText.string(argument) + ",\"lines\":[{\"price\":" + price + ",\"number\":" + number
                        + "}]}");
    }

    private Answer refused(Channel channel, String operation, String caller, int status, String reason) {
        UUID callId = UUID.randomUUID();
        keep(
                channel,
                callId,
                Stage.DENIED,
                operation,
                caller,
                "",
                has(Fault.OTHER_REASON, channel) ? "rule-refused" : reason,
                AuditResult.ofStatus(status, Duration.ZERO));
        return new Answer(
                status,
                "application/problem+json",
                "{\"type\":\"urn:mcp-guard:problem:" + reason + "\",\"status\":" + status + ",\"code\":\"" + reason
                        + "\",\"instance\":\"urn:uuid:" + callId + "\"}");
    }

    private void keep(
            Channel channel,
            UUID callId,
            Stage stage,
            String operation,
            String caller,
            String argument,
            String reason,
            AuditResult result) {
        if (has(Fault.NO_RECORD, channel)) {
            return;
        }
        String principal = has(Fault.OTHER_PRINCIPAL, channel) ? "nobody-else" : "svc-" + caller;
        sink.write(List.of(new AuditEvent(
                UUID.randomUUID(),
                callId,
                stage,
                NOON,
                channel,
                channel == Channel.MCP ? "tools/call" : "GET",
                new AuditTarget(operation, operation),
                new AuditCaller("client", caller, "1", Optional.of(principal), Optional.empty()),
                new AuditVerdict(
                        stage != Stage.DENIED,
                        reason,
                        "grant:orders",
                        stage == Stage.DENIED
                                ? Optional.empty()
                                : Optional.of(new AuditLimit("per-minute", PERMITS, left, 0))),
                result,
                AuditSource.of("127.0.0.1", 1),
                argument.isEmpty() ? Map.of() : Map.of("/argument", argument),
                Optional.empty())));
    }

    private static String caller(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header.replace("Bearer ", "");
    }

    private void rest(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String operation = path.equals("/api/report") ? "report" : body.isEmpty() ? "getOrder" : "placeOrder";
        String argument = switch (operation) {
            case "getOrder" -> path.replace("/api/orders/", "");
            case "placeOrder" -> new Tree(JsonReader.read(body)).at("sku").text();
            default -> "";
        };
        send(exchange, call(Channel.REST, operation, caller(exchange), argument));
    }

    private void mcp(HttpExchange exchange) throws IOException {
        Tree message = Tree.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Tree arguments = message.at("params").at("arguments");
        String caller = caller(exchange);
        String id = arguments.at("endpoint_id").text();
        boolean known = !caller.isEmpty() && !faults.contains(Fault.KNOWS_NOBODY);
        String content;
        switch (message.at("params").at("name").text()) {
            case "list_endpoints" ->
                content = listing(caller, arguments.at("cursor").text());
            case "endpoint_details" -> {
                String[] operation = Objects.requireNonNull(OPERATIONS.get(id));
                content = details(id, operation);
            }
            default -> {
                String sku = arguments.at("body").at("sku").text();
                Object number = arguments.at("path_params").at("orderId").value();
                Answer answer = call(Channel.MCP, id, caller, number == null ? sku : number.toString());
                content = shown(answer);
            }
        }
        send(
                exchange,
                known
                        ? new Answer(
                                200,
                                "application/json",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"structuredContent\":" + content + "}}")
                        : new Answer(401, "application/json", "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1}}"));
    }

    private static String details(String id, String[] operation) {
        return """
                {"endpoint_id":"%s","path":"%s","methods":["%s"],"path_params":%s,"query_params":[],"headers":[]%s,
                 "limits":{"of_profile":[{"name":"per-minute","calls":1000,"period":"PT1M"}]}}""".formatted(id, operation[1], operation[0], operation[2], operation[3]);
    }

    /** One operation a page, so that the listing has to be read to its end. */
    private String listing(String caller, String cursor) {
        if (faults.contains(Fault.SHOWS_NOTHING)) {
            return "{\"endpoints\":[]}";
        }
        List<String> ids = caller.equals("admin")
                ? List.of("getOrder", "placeOrder", "report")
                : List.of("getOrder", "placeOrder");
        int at = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        String next = at + 1 < ids.size() ? ",\"next_cursor\":\"" + (at + 1) + "\"" : "";
        return "{\"endpoints\":[{\"endpoint_id\":\"" + ids.get(at) + "\"}]" + next + "}";
    }

    private static String shown(Answer answer) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("status", answer.status());
        content.put("content_type", answer.type());
        content.put("body", JsonReader.read(answer.body()));
        return JsonText.of(content);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
