package io.mcpguard.core.format;

/**
 * Text from a record as it may stand in a line of a log. Whatever ends a line, moves a terminal's cursor or turns the direction
 * of a text is written as {@code \}{@code u} and four digits, so that it can be seen and does nothing; half a surrogate pair,
 * which has no UTF-8, becomes U+FFFD. Everything else stays as it is.
 */
final class VisibleText {

    private static final String HEX = "0123456789abcdef";
    private static final String MORE = "...";

    private VisibleText() {}

    /** The text, cut to so many characters, which then end in three dots. */
    static String of(String text, int longest) {
        String shortened = cut(text, longest);
        for (int i = 0; i < shortened.length(); i++) {
            if (!isHarmless(shortened, i)) {
                return cut(shown(shortened, i), longest);
            }
        }
        return shortened;
    }

    /** Cuts without leaving half a surrogate pair that was whole. Cutting again changes nothing. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Math.max(0, longest - MORE.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MORE;
    }

    /** The text as it reads back: with U+FFFD for each half of a surrogate pair. */
    static String whole(String text) {
        StringBuilder whole = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text, i)) {
                whole.setCharAt(i, '\uFFFD');
            }
        }
        return whole.toString();
    }

    /** Whether the surrogate here has no partner. */
    static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String shown(String text, int from) {
        StringBuilder shown = new StringBuilder(text.length() + 32).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(text, i)) {
                shown.append(c);
            } else if (Character.isSurrogate(c)) {
                shown.append('\uFFFD');
            } else {
                shown.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    shown.append(HEX.charAt((c >>> shift) & 0xF));
                }
            }
        }
        return shown.toString();
    }

    private static boolean isHarmless(String text, int i) {
        char c = text.charAt(i);
        if (c >= 0x20 && c < 0x7F) {
            return true;
        }
        return Character.isSurrogate(c) ? !isHalf(text, i) : !isControl(c);
    }

    private static boolean isControl(char c) {
        return c < 0xA0
                || c == 0x61C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF;
    }
}
