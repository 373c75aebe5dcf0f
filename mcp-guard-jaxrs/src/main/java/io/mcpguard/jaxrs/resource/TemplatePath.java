package io.mcpguard.jaxrs.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The {@code @Path} values on the way to a method, as the template of an operation.
 *
 * @param template path from the root of the host, with each variable in braces as a whole segment
 * @param variables the variables in order, each with the regular expression that its template gives it
 */
record TemplatePath(String template, Map<String, Optional<String>> variables) {

    private static final String PLAIN = "-._~!$&'()*+,=:@";

    TemplatePath {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** The path of a service that starts at the root of its host. */
    static TemplatePath root() {
        return new TemplatePath("/", Map.of());
    }

    /**
     * Goes on below this path.
     *
     * @param value the value of a {@code @Path}, or a path of the server
     * @return both joined, with no slash twice and none at the end
     * @throws IllegalArgumentException with a sentence that says what an operation cannot have
     */
    TemplatePath below(String value) {
        Map<String, Optional<String>> known = new LinkedHashMap<>(variables);
        StringBuilder joined = new StringBuilder(template.equals("/") ? "" : template);
        for (String segment : segments(value)) {
            joined.append('/');
            if (segment.startsWith("{") && closes(segment) == segment.length() - 1) {
                String inner = segment.substring(1, segment.length() - 1);
                int colon = inner.indexOf(':');
                String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
                Optional<String> expression = colon < 0
                        ? Optional.empty()
                        : Optional.of(inner.substring(colon + 1).strip());
                expression.filter(TemplatePath::takesSlashes).ifPresent(any -> {
                    throw new IllegalArgumentException("'" + segment + "' takes any number of segments, which a path of"
                            + " an operation cannot; give the method a path whose variables are single segments");
                });
                if (known.put(name, expression) != null) {
                    throw new IllegalArgumentException(
                            "'{" + name + "}' stands in it twice; give each variable a name of its own");
                }
                joined.append('{').append(name).append('}');
            } else if (segment.indexOf('{') >= 0) {
                throw new IllegalArgumentException(
                        "'" + segment + "' has a variable inside a segment, which a path of an"
                                + " operation cannot; give the method a path whose variables are whole segments");
            } else {
                joined.append(encoded(segment));
            }
        }
        return new TemplatePath(joined.isEmpty() ? "/" : joined.toString(), known);
    }

    /**
     * Says whether a request that fits this template for the guard, which knows no expressions, could be meant for another path.
     *
     * @param other another path
     * @return false only when no path on the wire fits both
     */
    boolean overlaps(TemplatePath other) {
        String[] mine = template.split("/", -1);
        String[] theirs = other.template.split("/", -1);
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!mine[i].startsWith("{") && !other.takes(theirs[i], mine[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(String segment, String literal) {
        return segment.startsWith("{")
                ? variables
                        .getOrDefault(segment.substring(1, segment.length() - 1), Optional.empty())
                        .map(expression -> literal.matches(expression))
                        .orElse(true)
                : segment.equals(literal);
    }

    /** Splits at the slashes outside of braces, since a variable's expression may hold one; empty segments are no segments. */
    private static List<String> segments(String value) {
        List<String> segments = new ArrayList<>();
        int depth = 0;
        StringBuilder segment = new StringBuilder();
        for (char c : (value + "/").toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && depth <= 0) {
                if (!segment.toString().isBlank()) {
                    segments.add(segment.toString().strip());
                }
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        return segments;
    }

    /** Position of the brace that closes the one at the start. */
    private static int closes(String segment) {
        int depth = 0;
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '{') {
                depth++;
            } else if (segment.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean takesSlashes(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            return List.of("/", "a/a", "1/1", "a/a/a", "/a", "a/").stream()
                    .anyMatch(text -> pattern.matcher(text).matches());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + expression + "' is not a regular expression", e);
        }
    }

    /** As JAX-RS encodes what is literal in a path (Jakarta REST 3.1 section 3.4): what is encoded stays as it is. */
    private static String encoded(String literal) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            boolean escape = c == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0;
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || PLAIN.indexOf(c) >= 0;
            if (escape || plain) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
