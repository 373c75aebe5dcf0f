package io.mcpguard.core.format;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object on one line of printable ASCII. Absent values have no member, and an object or array that stays empty
 * has none either. Long texts are cut and end in three dots.
 */
final class JsonLine {

    static final int LONGEST_TEXT = 515;
    static final int MOST_ARGUMENTS = 128;

    /** Name of the argument that says how many others were left out, as in the journal. */
    static final String CUT = "#cut";

    private static final String HEX = "0123456789abcdef";
    private static final int DEEPEST = 16;
    private static final int CUT_DIGITS = 12;

    /** For the last member, {@code ,"#cut":"872+11"}, and the end. */
    private static final int ROOM_FOR_CUT = 40;

    private final StringBuilder out = new StringBuilder(2048);
    private final int[] starts = new int[DEEPEST];
    private int depth;
    private boolean first = true;

    JsonLine() {
        out.append('{');
    }

    JsonLine object(String name) {
        return open(name, '{');
    }

    JsonLine array(String name) {
        return open(name, '[');
    }

    /** Begins an object that is an element of an array. */
    JsonLine element() {
        starts[depth++] = out.length();
        separate();
        out.append('{');
        first = true;
        return this;
    }

    JsonLine element(String value) {
        separate();
        quote(value);
        return this;
    }

    JsonLine endObject() {
        return close('}');
    }

    JsonLine endArray() {
        return close(']');
    }

    JsonLine text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(value);
        }
        return this;
    }

    JsonLine text(String name, Optional<String> value) {
        return text(name, value.orElse(null));
    }

    JsonLine number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonLine number(String name, OptionalInt value) {
        return value.isPresent() ? number(name, value.getAsInt()) : this;
    }

    JsonLine number(String name, OptionalLong value) {
        return value.isPresent() ? number(name, value.getAsLong()) : this;
    }

    JsonLine bool(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Writes arguments, whose names come from requests too: each name once, at most so many, and how many were left out. */
    JsonLine arguments(Map<String, String> arguments) {
        return arguments(arguments, Integer.MAX_VALUE);
    }

    /** Arguments as an object of their own that is at most so long; what does not fit is counted. */
    static String ofArguments(Map<String, String> arguments, int longest) {
        return new JsonLine().arguments(arguments, longest - ROOM_FOR_CUT).end();
    }

    private JsonLine arguments(Map<String, String> arguments, int longest) {
        Set<String> names = new HashSet<>();
        @Nullable String cut = arguments.get(CUT);
        int left = 0;
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            String name = VisibleText.whole(VisibleText.cut(argument.getKey(), LONGEST_TEXT));
            if (name.equals(CUT)) {
                continue;
            }
            int start = out.length();
            boolean before = first;
            if (names.size() < MOST_ARGUMENTS && names.add(name)) {
                separate();
                quote(name);
                out.append(':');
                quote(argument.getValue());
                if (out.length() <= longest) {
                    continue;
                }
                out.setLength(start);
                first = before;
            }
            left++;
        }
        if (left > 0) {
            cut = cut == null ? Integer.toString(left) : VisibleText.cut(cut, CUT_DIGITS) + "+" + left;
        }
        return text(CUT, cut);
    }

    String end() {
        return out.append('}').toString();
    }

    private JsonLine open(String name, char bracket) {
        starts[depth++] = out.length();
        name(name);
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonLine close(char bracket) {
        int start = starts[--depth];
        if (first) {
            // Whether something stood before it in its parent: then it would have begun with a comma.
            boolean comma = out.charAt(start) == ',';
            out.setLength(start);
            first = !comma;
        } else {
            out.append(bracket);
        }
        return this;
    }

    private void name(String name) {
        separate();
        out.append('"').append(name).append("\":");
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        String value = VisibleText.cut(text, LONGEST_TEXT);
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                out.append(c);
            } else {
                escape(Character.isSurrogate(c) && VisibleText.isHalf(value, i) ? '\uFFFD' : c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >>> shift) & 0xF));
        }
    }
}
