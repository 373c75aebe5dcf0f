package io.mcpguard.servlet.fuzz;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.PathTemplate;
import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.fuzz.SeenByService.Seen;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.JettyEe11Server;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.TomcatServer;
import io.mcpguard.servlet.testbed.UndertowServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What holds for every call that enters a container without a socket: it is answered in time, the service sees exactly one request
 * and it is the one that was decided on, of the caller that it was decided for. A fuzzer calls {@link #fuzzerTestOneInput}, a
 * test the same with what is kept of earlier runs.
 */
public final class ReentryFuzz implements AutoCloseable {

    private static final long LONGEST_WAIT_SECONDS = 10;

    /** By which the way of re-entry was found. */
    private static final int ASKED_OVER_THE_WIRE = 1;

    /** Said here once more, since this is what holds, whatever the code says. */
    private static final Set<String> NEVER_FROM_A_CALLER = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "host",
            "expect",
            "cookie",
            "cookie2",
            "forwarded",
            "via");

    private final SeenByService seen = new SeenByService();
    private final TestService service;
    private final ReentryInvoker invoker;
    private long calls;

    ReentryFuzz(TestContainer container) {
        service = TestService.start(settings -> settings.on(container)
                .operations(published())
                .with(context -> context.filterFirst("seen", "/*", seen)));
        invoker = new ReentryInvoker(service.calls, service.reentry(), 4, 8);
    }

    private static OperationSource published() {
        Parameter id = new Parameter("id", Parameter.Location.PATH, true, Schema.STRING, "");
        Parameter part = new Parameter("part", Parameter.Location.PATH, true, Schema.ANY, "");
        Parameter q = new Parameter("q", Parameter.Location.QUERY, false, Schema.ANY, "");
        Parameter odd = new Parameter("a b&c=%", Parameter.Location.QUERY, false, Schema.STRING, "");
        Parameter note = new Parameter("X-Note", Parameter.Location.HEADER, false, Schema.ANY, "");
        List<Operation> operations = List.of(
                Operation.builder(new OperationId("thing"), "things", "GET", "/things/{id}")
                        .parameter(id)
                        .parameter(q)
                        .parameter(odd)
                        .parameter(note)
                        .build(),
                Operation.builder(new OperationId("special"), "things", "GET", "/things/special")
                        .parameter(q)
                        .build(),
                Operation.builder(new OperationId("part"), "things", "PUT", "/things/{id}/parts/{part}")
                        .parameter(id)
                        .parameter(part)
                        .body(new RequestBody(true, "application/x-www-form-urlencoded", Schema.ANY))
                        .build(),
                Operation.builder(new OperationId("add"), "things", "POST", "/things")
                        .parameter(note)
                        .body(new RequestBody(false, "application/json", Schema.ANY))
                        .build(),
                Operation.builder(new OperationId("say"), "things", "POST", "/notes")
                        .body(new RequestBody(true, "text/plain;charset=UTF-8", Schema.ANY))
                        .build());
        return () ->
                List.of(new ProductOperations(new Product("things", "Things", "What is fuzzed.", "/"), operations));
    }

    /** The servers of a fuzzer's process. */
    private static final class Shared {
        static final List<ReentryFuzz> TARGETS = List.of(
                new ReentryFuzz(new TomcatServer()),
                new ReentryFuzz(new JettyEe11Server()),
                new ReentryFuzz(new UndertowServer()));
    }

    /** Called by the fuzzer before it begins, since servers take a while to start. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("GET /things/7".getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Called by the fuzzer.
     *
     * @param input a call as {@link RawCall} reads it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Shared.TARGETS.forEach(target -> target.check(input));
    }

    private static void expect(boolean holds, String what, Object found) {
        if (!holds) {
            throw new AssertionError(what + ": " + found);
        }
    }

    void check(byte[] input) {
        RawCall given = RawCall.of(input);
        Optional<OperationCall> made = given.call(service.catalog(), service.port());
        if (made.isEmpty()) {
            return;
        }
        OperationCall call = made.get();
        seen.requests.clear();
        seen.readsParameters = given.isOfArguments();
        Optional<OperationResult> result = answer(call, given.isAskedSensibly());
        calls++;
        ended(call);
        expect(seen.requests.size() <= 1, "one call was more than one request", seen.requests);
        expect(
                service.container.requestCount() <= ASKED_OVER_THE_WIRE + calls,
                "the container counts more than was called",
                calls);
        if (seen.requests.isEmpty()) {
            int status = result.map(OperationResult::status).orElse(500);
            expect(status >= 400, "answered well by nobody", status);
            expect(
                    !given.isOfArguments() || !given.isAskedSensibly() || mayBeRefused(call),
                    "arguments did not get to the service",
                    status);
            return;
        }
        Seen request = seen.requests.get(0);
        result.ifPresent(got -> expect(
                got.status() == 200
                        && Arrays.equals(got.body(), call.method().equals("HEAD") ? new byte[0] : SeenByService.ANSWER),
                "not what the service answered",
                got));
        asDecided(call, request);
        ofTheCaller(call, request);
        fields(call, request);
        if (given.isOfArguments()) {
            asGiven(given, call, request);
        }
    }

    /** A container is done with a request soon after it has answered. */
    private void ended(OperationCall call) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (invoker.inFlight() > 0) {
            expect(System.nanoTime() < end, "a request that does not end", call);
            Thread.onSpinWait();
        }
    }

    /** Jetty refuses a path with an encoded percent sign, and each container takes so many parameters and no more. */
    private static boolean mayBeRefused(OperationCall call) {
        return call.rawPath().contains("%25")
                || call.rawQuery()
                        .filter(query -> query.split("&", -1).length > 900)
                        .isPresent();
    }

    /** The service's answer, or nothing where a call of a strange origin could not be sent. */
    private Optional<OperationResult> answer(OperationCall call, boolean must) {
        try {
            return Optional.of(invoker.invoke(call).toCompletableFuture().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("neither an answer nor a refusal: " + call, e);
        } catch (ExecutionException e) {
            expect(e.getCause() instanceof InvocationException, "not the documented failure", e.getCause());
            InvocationException failure = (InvocationException) e.getCause();
            expect(!must && failure.code().equals("operation-unreachable"), "no answer", failure.getMessage());
            return Optional.empty();
        }
    }

    private void asDecided(OperationCall call, Seen request) {
        expect(request.method().equals(call.method()), "another method", request);
        expect(request.uri().equals(call.rawPath()), "another path", request);
        // Undertow takes any number of question marks for one.
        String query =
                call.rawQuery().map(given -> given.replaceFirst("^\\?+", "")).orElse("null");
        String seenQuery = request.query().replaceFirst("^\\?+", "");
        // Behind a question mark alone there is an empty query to one container and none to another.
        boolean isNone = query.isEmpty() && seenQuery.equals("null");
        expect(isNone || seenQuery.equals(query), "another query", request);
        expect(request.octets().equals(text(call.body())), "another body", request);
        expect(!request.servlet().equals("mcpGuard"), "a call of the MCP endpoint to itself", request);
        expect(
                request.decided()
                        .map(decided -> decided.operation())
                        .equals(service.catalog().match(call.method(), call.rawPath())),
                "not decided on as it was dispatched",
                request);
        request.decided().ifPresent(decided -> {
            PathTemplate template = decided.operation().template();
            Map<String, String> values = template.match(call.rawPath()).orElseThrow();
            String path = template.toString();
            for (Map.Entry<String, String> value : values.entrySet()) {
                path = path.replace("{" + value.getKey() + "}", value.getValue());
            }
            // No value holds a brace that means a variable: there are none but id and part.
            expect(
                    values.values().stream().anyMatch(value -> value.indexOf('{') >= 0)
                            || path.equals(request.decodedPath()),
                    "dispatched by another path",
                    request);
        });
    }

    private static void ofTheCaller(OperationCall call, Seen request) {
        CallOrigin origin = call.origin();
        expect(
                request.connection()
                        .equals(origin.remoteAddress() + ":" + origin.remotePort() + " " + origin.scheme() + " "
                                + origin.secure() + " " + origin.serverName() + ":" + origin.serverPort()),
                "another connection",
                request);
        expect(
                request.principal()
                        .equals(call.principal()
                                .map(principal -> principal.name())
                                .orElse("nobody")),
                "another principal",
                request);
    }

    private static void fields(OperationCall call, Seen request) {
        Map<String, List<String>> expected = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : call.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!NEVER_FROM_A_CALLER.contains(name) && !name.startsWith("mcp-") && !name.startsWith("x-forwarded-")) {
                expected.computeIfAbsent(field.name(), any -> new ArrayList<>()).add(trimmed(field.value()));
            }
        }
        expected.computeIfAbsent("User-Agent", name -> List.of("mcp-guard"));
        expected.put("Host", List.of(InnerRequest.host(call.origin())));
        if (InnerRequest.hasLength(call)) {
            expected.put("Content-Length", List.of(Integer.toString(call.body().length)));
        }
        expect(
                request.headers().values().stream().flatMap(List::stream).allMatch(HttpField::isFieldValue),
                "a value of more than one line",
                request);
        expect(expected.keySet().equals(request.headers().keySet()), "other fields than " + expected, request);
        expected.forEach((name, values) -> expect(
                !isAscii(values) || isSame(name, values, request.headers().get(name)),
                "another value of " + name,
                request));
    }

    /** Jetty writes the media types that it knows in its own way, and a tab as a blank. */
    private static boolean isSame(String name, List<String> values, List<String> seen) {
        return name.equalsIgnoreCase("Content-Type")
                ? oneLine(values).equalsIgnoreCase(oneLine(seen))
                : oneLine(values).equals(oneLine(seen));
    }

    private static String oneLine(List<String> values) {
        return String.join("\n", values).replaceAll("[ \t]+", " ");
    }

    /** White space around a value is no part of it (RFC 9110 section 5.5). */
    private static String trimmed(String value) {
        return value.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    private static boolean isAscii(List<String> values) {
        return values.stream().allMatch(value -> value.chars().allMatch(c -> c < 0x80));
    }

    private void asGiven(RawCall given, OperationCall call, Seen request) {
        Arguments arguments = Objects.requireNonNull(given.arguments());
        expect(
                request.decided().map(decided -> decided.operation()).equals(given.operation(service.catalog())),
                "another operation than was named",
                request);
        Map<String, String> path = request.decided()
                .orElseThrow()
                .operation()
                .template()
                .match(call.rawPath())
                .orElseThrow();
        arguments
                .path()
                .properties()
                .forEach(value -> expect(
                        value.getValue().asString().equals(path.get(value.getKey())),
                        "another value in the path",
                        request));
        Map<String, List<String>> query = new TreeMap<>();
        for (Map.Entry<String, JsonNode> value : arguments.query().properties()) {
            List<String> texts = new ArrayList<>();
            if (value.getValue().isArray()) {
                value.getValue().forEach(item -> texts.add(item.asString()));
            } else if (!value.getValue().isNull()) {
                texts.add(value.getValue().asString());
            }
            if (!texts.isEmpty()) {
                query.put(value.getKey(), texts);
            }
        }
        expect(query.equals(request.parameters()), "other values in the query than " + query, request);
        body(given.operation(service.catalog()).orElseThrow().id(), arguments.body(), request);
    }

    private static void body(String operation, @Nullable JsonNode body, Seen request) {
        byte[] octets = request.octets().getBytes(StandardCharsets.ISO_8859_1);
        if (body == null) {
            expect(octets.length == 0, "a body that nobody gave", request);
        } else if (operation.equals("say")) {
            expect(new String(octets, StandardCharsets.UTF_8).equals(body.asString()), "another text", request);
        } else if (operation.equals("add")) {
            expect(
                    new StrictJson(JsonLimits.DEFAULT).read(octets).equals(new Document(body)),
                    "another document",
                    request);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        invoker.close();
        service.close();
    }
}
