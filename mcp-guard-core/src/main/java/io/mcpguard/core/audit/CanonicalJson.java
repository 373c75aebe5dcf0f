package io.mcpguard.core.audit;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON of one form only: members in the order given, no spaces, printable ASCII. Everything else is escaped, so that
 * no value can end a line, reach a terminal as a control sequence or turn the direction of a text; half a surrogate pair
 * becomes U+FFFD, since it has no UTF-8.
 */
final class CanonicalJson {

    static final int MAX_TEXT = 512;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(768);
    private boolean first = true;

    /** Shortens a text to what a record holds. Doing it again changes nothing. */
    static String bounded(String text) {
        return text.length() <= MAX_TEXT + 3 ? text : text.substring(0, MAX_TEXT) + "...";
    }

    CanonicalJson open() {
        out.append('{');
        first = true;
        return this;
    }

    CanonicalJson open(String name) {
        name(name);
        return open();
    }

    CanonicalJson close() {
        out.append('}');
        first = false;
        return this;
    }

    CanonicalJson text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(bounded(value));
        }
        return this;
    }

    CanonicalJson number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    CanonicalJson number(String name, OptionalInt value) {
        value.ifPresent(number -> number(name, (long) number));
        return this;
    }

    CanonicalJson number(String name, OptionalLong value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    CanonicalJson bool(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    String result() {
        return out.toString();
    }

    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quote(name);
        out.append(':');
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                out.append(c);
            } else {
                escape(isHalf(text, i) ? '\uFFFD' : c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
        }
    }

    /** Whether the surrogate here has no partner. */
    static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
