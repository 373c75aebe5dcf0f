package io.mcpguard.core.format;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One element of structured data (RFC 5424 section 6.3) in so many bytes. A parameter that does not fit is left out whole, and
 * its bytes are counted.
 */
final class StructuredData {

    private static final int LONGEST_VALUE = 512;

    private final StringBuilder out;
    private int room;
    private int leftOut;

    /**
     * Begins an element.
     *
     * @param id name of the element
     * @param room bytes of UTF-8 that it may have
     */
    StructuredData(String id, int room) {
        this.out = new StringBuilder(1024).append('[').append(id);
        this.room = room - id.length() - 2;
    }

    StructuredData param(String name, @Nullable String value) {
        if (value != null) {
            String shown = VisibleText.of(value, LONGEST_VALUE);
            int start = out.length();
            out.append(' ').append(name).append("=\"");
            escape(shown);
            out.append('"');
            int bytes = utf8Length(out, start);
            if (bytes > room) {
                out.setLength(start);
                leftOut += bytes;
            } else {
                room -= bytes;
            }
        }
        return this;
    }

    StructuredData param(String name, Optional<String> value) {
        return param(name, value.orElse(null));
    }

    StructuredData param(String name, OptionalInt value) {
        return value.isPresent() ? param(name, Integer.toString(value.getAsInt())) : this;
    }

    StructuredData param(String name, OptionalLong value) {
        return value.isPresent() ? param(name, Long.toString(value.getAsLong())) : this;
    }

    /** Bytes of parameters that did not fit. */
    int leftOut() {
        return leftOut;
    }

    /** Bytes that are still free. */
    int room() {
        return room;
    }

    /** Makes room that was kept back, and writes what it was kept for. */
    StructuredData reserved(int bytes, String name, String value) {
        room += bytes;
        return param(name, value);
    }

    String end() {
        return out.append(']').toString();
    }

    static int utf8Length(CharSequence text, int from) {
        int bytes = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                out.append('\\');
            }
            out.append(c);
        }
    }
}
