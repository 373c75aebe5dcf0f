package io.mcpguard.core.protocol;

import io.mcpguard.core.tool.HeaderParameter;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The header fields of one request, found by name in any case, their values without white space around them. */
final class RequestHeaders {

    static final String VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";
    static final String SESSION = "Mcp-Session-Id";

    private final List<HttpField> fields;

    RequestHeaders(List<HttpField> fields) {
        this.fields = fields;
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.isNamed(name))
                .map(field -> trimmed(field.value()))
                .toList();
    }

    /** The first value, for what is only recorded. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.isNamed(name));
    }

    /** Whether there is exactly one value, and it is this one, letter by letter. */
    boolean is(String name, String expected) {
        List<String> values = all(name);
        return values.size() == 1 && values.get(0).equals(expected);
    }

    /** Whether there is exactly one value, and it stands for this text, plain or in its Base64 form. */
    boolean standsFor(String name, String expected) {
        List<String> values = all(name);
        return values.size() == 1
                && HeaderText.decode(values.get(0)).filter(expected::equals).isPresent();
    }

    /**
     * The first header that does not repeat its argument: it is there exactly when the argument is, and stands for the same
     * value.
     */
    Optional<RpcError> parameterMismatch(List<HeaderParameter> repeated, ObjectNode arguments) {
        for (HeaderParameter parameter : repeated) {
            List<String> values = all(parameter.header());
            Optional<JsonNode> argument = parameter.in(arguments);
            if (argument.isEmpty() ? !values.isEmpty() : values.size() != 1) {
                return Optional.of(
                        argument.isEmpty()
                                ? RpcError.headerMismatch(parameter.header())
                                : RpcError.headerMissing(parameter.header()));
            }
            boolean same = argument.isEmpty()
                    || HeaderText.decode(values.get(0))
                            .filter(text -> HeaderParameter.agrees(text, argument.get()))
                            .isPresent();
            if (!same) {
                return Optional.of(RpcError.headerMismatch(parameter.header()));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the body is JSON in UTF-8 and not compressed. A compressed body is refused rather than unpacked: its size is
     * only known when it is too late.
     */
    boolean contentIsJson() {
        List<String> types = all("Content-Type");
        boolean plain = all("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
        return plain && types.size() == 1 && isJson(types.get(0));
    }

    /** Whether the answer may be JSON or an event stream; without the header anything may come. */
    boolean acceptsJson() {
        List<String> values = all("Accept");
        return values.isEmpty()
                || values.stream()
                        .flatMap(value -> List.of(value.split(",", -1)).stream())
                        .anyMatch(RequestHeaders::isAcceptable);
    }

    /** Whether the client reads a stream of events; one that does not say so reads JSON. */
    boolean acceptsEvents() {
        return all("Accept").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(range -> range.toLowerCase(Locale.ROOT).split(";", -1)[0].strip())
                .anyMatch("text/event-stream"::equals);
    }

    private static boolean isJson(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (!parameter.isEmpty() && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAcceptable(String range) {
        String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
        boolean fits = switch (parts[0].strip()) {
            case "*/*", "application/*", "application/json", "text/*", "text/event-stream" -> true;
            default -> false;
        };
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q\\s*=\\s*0(\\.0*)?")) {
                return false;
            }
        }
        return fits;
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
