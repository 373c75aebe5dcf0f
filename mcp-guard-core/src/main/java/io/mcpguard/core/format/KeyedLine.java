package io.mcpguard.core.format;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keys and values after the header of a CEF or LEEF record. Absent and empty values have no key. */
final class KeyedLine {

    private final StringBuilder out;
    private final char separator;
    private final String escaped;
    private boolean first = true;

    /**
     * Begins after a header.
     *
     * @param header the record up to its first key
     * @param separator stands between two pairs
     * @param escaped characters of a value that get a backslash
     */
    KeyedLine(StringBuilder header, char separator, String escaped) {
        this.out = header;
        this.separator = separator;
        this.escaped = escaped;
    }

    KeyedLine text(String key, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        key(key);
        String shown = VisibleText.of(value, longest);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (escaped.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return this;
    }

    KeyedLine text(String key, Optional<String> value, int longest) {
        return text(key, value.orElse(null), longest);
    }

    /** Writes a field that says in another one what it holds. */
    KeyedLine labelled(String key, String label, @Nullable String value, int longest) {
        return value == null || value.isEmpty()
                ? this
                : text(key + "Label", label, longest).text(key, value, longest);
    }

    KeyedLine labelled(String key, String label, OptionalLong value) {
        return value.isPresent() ? text(key + "Label", label, Integer.MAX_VALUE).number(key, value.getAsLong()) : this;
    }

    KeyedLine number(String key, long value) {
        key(key);
        out.append(value);
        return this;
    }

    KeyedLine number(String key, OptionalInt value) {
        return value.isPresent() ? number(key, value.getAsInt()) : this;
    }

    KeyedLine number(String key, OptionalLong value) {
        return value.isPresent() ? number(key, value.getAsLong()) : this;
    }

    String end() {
        return out.toString();
    }

    private void key(String key) {
        if (!first) {
            out.append(separator);
        }
        first = false;
        out.append(key).append('=');
    }
}
