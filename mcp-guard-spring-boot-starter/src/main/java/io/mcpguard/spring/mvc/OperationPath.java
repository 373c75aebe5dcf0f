package io.mcpguard.spring.mvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path pattern of Spring as the template of an operation.
 *
 * @param template path from the root of the host, with each variable in braces as a whole segment
 * @param variables the variables in order, each with the regular expression the pattern gives it
 */
record OperationPath(String template, Map<String, Optional<String>> variables) {

    /**
     * Reads a pattern.
     *
     * @param prefix context path and servlet path, empty or starting with {@code /}
     * @param pattern the pattern of the handler mapping
     * @return the template and its variables
     * @throws IllegalArgumentException with a sentence that says what an operation cannot have
     */
    static OperationPath of(String prefix, String pattern) {
        Map<String, Optional<String>> variables = new LinkedHashMap<>();
        StringBuilder template = new StringBuilder(prefix);
        for (String segment : segments(pattern)) {
            template.append('/');
            if (segment.startsWith("{") && segment.endsWith("}") && closes(segment) == segment.length() - 1) {
                String inner = segment.substring(1, segment.length() - 1);
                if (inner.startsWith("*")) {
                    throw new IllegalArgumentException(
                            "'" + segment + "' takes any number of segments, which a path of an"
                                    + " operation cannot; give the method a path whose variables are single segments");
                }
                int colon = inner.indexOf(':');
                String name = colon < 0 ? inner : inner.substring(0, colon);
                variables.put(name, colon < 0 ? Optional.empty() : Optional.of(inner.substring(colon + 1)));
                template.append('{').append(name).append('}');
            } else if (segment.indexOf('{') >= 0 || segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0) {
                throw new IllegalArgumentException("'" + segment + "' is a pattern inside a segment, which a path of an"
                        + " operation cannot have; give the method a path whose variables are whole segments");
            } else {
                template.append(segment);
            }
        }
        return new OperationPath(template.isEmpty() ? "/" : template.toString(), variables);
    }

    /** Splits at the slashes outside of braces: a variable's expression may hold one. */
    private static List<String> segments(String pattern) {
        List<String> segments = new ArrayList<>();
        String rest = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        if (pattern.isEmpty()) {
            return segments;
        }
        int depth = 0;
        int start = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == '/' && depth == 0) {
                segments.add(rest.substring(start, i));
                start = i + 1;
            }
        }
        segments.add(rest.substring(start));
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
}
