package io.mcpguard.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts as a column can hold them, and back.
 *
 * <p>Two things that a caller may send are in no column: U+0000, which PostgreSQL refuses, and half a surrogate pair, which has
 * no UTF-8. They are written as a backslash, a u and four digits. Backslashes before such a character, or before a text of that
 * form, are doubled, so that every text is read back as it was. All other texts stay as they are.
 */
final class StoredText {

    private static final int DIGITS = 4;

    private StoredText() {}

    /** The text as it can be stored. */
    static String escape(String text) {
        StringBuilder stored = new StringBuilder(text.length() + 16);
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean unstorable = isUnstorable(text, i);
            if (unstorable || looksEscaped(text, i)) {
                stored.append("\\".repeat(backslashes));
            }
            if (unstorable) {
                stored.append("\\u").append(Character.forDigit(c >> 12, 16));
                stored.append(Character.forDigit(c >> 8 & 0xf, 16));
                stored.append(Character.forDigit(c >> 4 & 0xf, 16));
                stored.append(Character.forDigit(c & 0xf, 16));
            } else {
                stored.append(c);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return stored.toString();
    }

    /** The text that {@link #escape} was given. */
    static String read(String stored) {
        if (stored.indexOf('\\') < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length());
        int backslashes = 0;
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (backslashes > 0 && looksEscaped(stored, i)) {
                text.setLength(text.length() - (backslashes + 1) / 2);
                if (backslashes % 2 == 1) {
                    c = (char) Integer.parseInt(stored.substring(i + 1, i + 1 + DIGITS), 16);
                    i += DIGITS;
                }
            }
            text.append(c);
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return text.toString();
    }

    private static boolean isUnstorable(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == 0;
    }

    /** Whether what follows is an escape without its backslash: a u, and the digits of a character that is escaped. */
    private static boolean looksEscaped(String text, int i) {
        return text.startsWith("u0000", i)
                || (text.startsWith("ud", i)
                        && i + DIGITS < text.length()
                        && "89abcdef".indexOf(text.charAt(i + 2)) >= 0
                        && isHex(text.charAt(i + 3))
                        && isHex(text.charAt(i + 4)));
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** The beginning of a stored text that fits into a column. */
    static String cut(String stored, int most) {
        return stored.length() <= most ? stored : stored.substring(0, end(stored, 0, most));
    }

    /** A stored text in pieces that fit into a column. */
    static List<String> pieces(String stored, int most) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < stored.length()) {
            int end = end(stored, from, most);
            pieces.add(stored.substring(from, end));
            from = end;
        }
        return pieces;
    }

    /** Never between the halves of a pair. */
    private static int end(String stored, int from, int most) {
        int end = Math.min(stored.length(), from + most);
        return end < stored.length() && Character.isHighSurrogate(stored.charAt(end - 1)) ? end - 1 : end;
    }
}
