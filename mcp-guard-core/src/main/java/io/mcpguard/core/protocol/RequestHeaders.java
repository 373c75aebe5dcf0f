package io.mcpguard.core.protocol;

import io.mcpguard.core.tool.HeaderParameter;
import io.mcpguard.invocation.HttpField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header fields of one request, found by name in any case, their values without white space around them. Each request asks
 * some twenty times, so what is asked of all of them is a loop, and by index, since it is the same list for all.
 */
final class RequestHeaders {

    static final String VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";
    static final String SESSION = "Mcp-Session-Id";

    private static final Pattern ZERO_WEIGHT = Pattern.compile("q\\s*=\\s*0(\\.0*)?");

    private final List<HttpField> fields;

    RequestHeaders(List<HttpField> fields) {
        this.fields = fields;
    }

    List<String> all(String name) {
        @Nullable String first = null;
        @Nullable List<String> several = null;
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.get(i);
            if (field.isNamed(name)) {
                String value = trimmed(field.value());
                if (first == null) {
                    first = value;
                } else {
                    several = several == null ? new ArrayList<>(List.of(first)) : several;
                    several.add(value);
                }
            }
        }
        if (first == null) {
            return List.of();
        }
        return several == null ? List.of(first) : List.copyOf(several);
    }

    /** The first value, for what is only recorded. */
    Optional<String> first(String name) {
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.get(i);
            if (field.isNamed(name)) {
                return Optional.of(trimmed(field.value()));
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                return true;
            }
        }
        return false;
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
        for (String encoding : all("Content-Encoding")) {
            if (!encoding.equalsIgnoreCase("identity")) {
                return false;
            }
        }
        return types.size() == 1 && isJson(types.get(0));
    }

    /** Whether the answer may be JSON or an event stream; without the header anything may come. */
    boolean acceptsJson() {
        return accepts(RequestHeaders::isAcceptable) || !has("Accept");
    }

    /** Whether the client reads a stream of events; one that does not say so reads JSON. */
    boolean acceptsEvents() {
        return accepts(range -> type(range).equals("text/event-stream"));
    }

    /** Whether one of the media ranges that the client takes is such a one. */
    private boolean accepts(Predicate<String> such) {
        for (String value : all("Accept")) {
            int start = 0;
            int comma;
            do {
                comma = value.indexOf(',', start);
                if (such.test(value.substring(start, comma < 0 ? value.length() : comma))) {
                    return true;
                }
                start = comma + 1;
            } while (comma >= 0);
        }
        return false;
    }

    /** A media type or range without its parameters, in lower case. */
    private static String type(String range) {
        int end = range.indexOf(';');
        return (end < 0 ? range : range.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String type) {
        if (type.equals("application/json")) {
            return true;
        }
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
        boolean fits = switch (type(range)) {
            case "*/*", "application/*", "application/json", "text/*", "text/event-stream" -> true;
            default -> false;
        };
        return fits && (range.indexOf(';') < 0 || !isWeighedZero(range));
    }

    private static boolean isWeighedZero(String range) {
        String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            if (ZERO_WEIGHT.matcher(parts[i].strip()).matches()) {
                return true;
            }
        }
        return false;
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
