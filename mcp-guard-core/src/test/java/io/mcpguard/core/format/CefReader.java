package io.mcpguard.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A strict reader of CEF: a header of eight fields, then pairs. A mistake in the form is an error, not a guess.
 *
 * @param header the fields before the extension, unescaped
 * @param values the extension, unescaped
 */
record CefReader(List<String> header, Map<String, String> values) {

    static CefReader read(String text) {
        List<String> header = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int i = 0;
        for (; header.size() < 7; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char escaped = text.charAt(++i);
                require(escaped == '\\' || escaped == '|', "an escape of \\ or |", text, i);
                field.append(escaped);
            } else if (c == '|') {
                header.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        require(header.get(0).startsWith("CEF:"), "CEF:", text, 0);
        return new CefReader(header, extension(text.substring(i)));
    }

    Set<String> keys() {
        return values.keySet();
    }

    private static Map<String, String> extension(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int equals = nextEquals(text, 0);
        int keyStart = 0;
        while (equals >= 0) {
            String key = text.substring(keyStart, equals);
            require(
                    key.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 128),
                    "a key: " + key,
                    text,
                    keyStart);
            int next = nextEquals(text, equals + 1);
            int end = next < 0 ? text.length() : text.lastIndexOf(' ', next);
            require(end > equals, "a space before the next key", text, equals);
            String value = unescaped(text.substring(equals + 1, end));
            require(values.put(key, value) == null, "each key once: " + key, text, keyStart);
            keyStart = end + 1;
            equals = next;
        }
        return values;
    }

    private static int nextEquals(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '=') {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                char escaped = value.charAt(++i);
                require(escaped == '\\' || escaped == '=', "an escape of \\ or =", value, i);
                text.append(escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void require(boolean right, String what, String text, int at) {
        if (!right) {
            throw new AssertionError("expected " + what + " at " + at + " of " + text);
        }
    }
}
