package io.mcpguard.cli.audit;

/**
 * Text from a record as a terminal may show it. A user agent or a client's name is whatever somebody sent: nothing but
 * visible characters that are one column wide and run from left to right gets through as it is.
 */
final class Printable {

    private Printable() {}

    /** A message that may hold text from elsewhere. */
    static String line(String text) {
        return of(text, Integer.MAX_VALUE);
    }

    static String of(String text, int maxColumns) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String one = isPlain(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c);
            if (shown.length() + one.length() > maxColumns - 2 && i + 1 < text.length()) {
                return shown.append("..").toString();
            }
            shown.append(one);
        }
        return shown.toString();
    }

    /** ASCII, and letters of the Latin, Greek and Cyrillic alphabets without combining marks. */
    private static boolean isPlain(char c) {
        return (c >= 0x20 && c < 0x7F) || (c >= 0xC0 && c < 0x52F && Character.isLetter(c));
    }
}
