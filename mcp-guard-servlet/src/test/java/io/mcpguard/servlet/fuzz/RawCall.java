package io.mcpguard.servlet.fuzz;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.invocation.ArgumentBinder;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.invocation.Binding;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.credential.Principal;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call written as bytes that both people and a fuzzer can change.
 *
 * <ul>
 *   <li>Lines that start with {@code !} say where the caller is: {@code !https}, {@code !key} for a principal that the guard
 *       vouches for, {@code !host NAME}, {@code !port NUMBER}, {@code !from ADDRESS}.
 *   <li>A line {@code @operation} and, below it, the arguments as JSON: {@code path}, {@code query}, {@code header},
 *       {@code body}. They go through the binder, as those of a model do.
 *   <li>Or else the request itself: {@code METHOD target}, one header field a line, an empty line, the body.
 * </ul>
 */
record RawCall(List<String> marks, String text) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Principal ROBOT = new Principal("robot", Set.of("user"), Principal.Source.GUARD, "key-1");

    static RawCall of(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        List<String> marks = new ArrayList<>();
        while (text.startsWith("!")) {
            int end = (text + "\n").indexOf('\n');
            marks.add(text.substring(1, end));
            text = text.substring(Math.min(end + 1, text.length()));
        }
        return new RawCall(marks, text);
    }

    boolean isOfArguments() {
        return text.startsWith("@");
    }

    /** What was given to the binder, or null where nothing was. */
    @Nullable Arguments arguments() {
        int end = text.indexOf('\n');
        byte[] json = text.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1);
        return end > 0 && new StrictJson(JsonLimits.DEFAULT).read(json) instanceof Document document
                ? new Arguments(
                        object(document.root(), "path"),
                        object(document.root(), "query"),
                        object(document.root(), "header"),
                        document.root().get("body"))
                : null;
    }

    private static ObjectNode object(JsonNode root, String name) {
        return root.get(name) instanceof ObjectNode found ? found : JsonNodeFactory.instance.objectNode();
    }

    Optional<PublishedOperation> operation(Catalog catalog) {
        return catalog.find(text.substring(1, (text + "\n").indexOf('\n')));
    }

    /** The call, or empty where it is refused before it reaches an invoker. */
    Optional<OperationCall> call(Catalog catalog, int port) {
        return isOfArguments() ? bound(catalog, port) : written(port);
    }

    private Optional<OperationCall> bound(Catalog catalog, int port) {
        Optional<PublishedOperation> operation = operation(catalog);
        Arguments arguments = arguments();
        if (operation.isEmpty()
                || arguments == null
                || !(new ArgumentBinder(catalog).bind(operation.get(), arguments) instanceof Binding.Bound bound)) {
            return Optional.empty();
        }
        OperationCall.Builder call = begun(operation.get().operation().method(), bound.rawPath(), port)
                .rawQuery(bound.rawQuery().orElse(null))
                .body(bound.body());
        bound.headers().forEach(field -> call.header(field.name(), field.value()));
        return Optional.of(call.build());
    }

    private Optional<OperationCall> written(int port) {
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        int space = (lines[0] + " ").indexOf(' ');
        String target = lines[0].substring(Math.min(space + 1, lines[0].length()));
        int mark = target.indexOf('?');
        try {
            OperationCall.Builder call = begun(
                            lines[0].substring(0, space), mark < 0 ? target : target.substring(0, mark), port)
                    .rawQuery(mark < 0 ? null : target.substring(mark + 1))
                    .body((end < 0 ? "" : text.substring(end + 2)).getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 1; i < lines.length; i++) {
                int colon = Math.max(0, lines[i].indexOf(':'));
                call.header(lines[i].substring(0, colon), lines[i].substring(Math.min(colon + 1, lines[i].length())));
            }
            return Optional.of(call.build());
        } catch (IllegalArgumentException e) {
            // What no call can be made of goes nowhere.
            return Optional.empty();
        }
    }

    private OperationCall.Builder begun(String method, String path, int port) {
        boolean tls = marks.contains("https");
        CallOrigin origin = new CallOrigin(
                marked("from").orElse("203.0.113.9"),
                4711,
                tls ? "https" : "http",
                tls,
                marked("host").orElse("api.example.com"),
                marked("port")
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::valueOf)
                        .orElse(8443),
                "127.0.0.1",
                port,
                List.of());
        return OperationCall.builder(UUID.randomUUID(), method, path, origin)
                .timeout(PATIENCE)
                .principal(marks.contains("key") ? ROBOT : null);
    }

    private Optional<String> marked(String name) {
        return marks.stream()
                .filter(mark -> mark.startsWith(name + " "))
                .map(mark -> mark.substring(name.length() + 1))
                .findFirst();
    }

    /** Whether the caller asked at a name that a server may be called by. */
    boolean isAskedSensibly() {
        return marked("host").filter(host -> !host.matches("[a-z0-9.-]+")).isEmpty()
                && marked("from").filter(from -> !from.matches("[0-9.]+")).isEmpty();
    }
}
