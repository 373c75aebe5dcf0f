package io.mcpguard.invocation;

import java.util.Objects;

/**
 * One HTTP header field line.
 *
 * <p>The constructor refuses what could break out of the line: the name must be a token and the value must hold no control
 * character but a tab (RFC 9110 sections 5.1 and 5.5).
 *
 * @param name the field name as written; compare ignoring case
 * @param value the field value, possibly empty
 * @since 0.1
 */
public record HttpField(String name, String value) {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    public HttpField {
        Objects.requireNonNull(value, "value");
        if (!isToken(name)) {
            throw new IllegalArgumentException("a header name must be a token of RFC 9110");
        }
        if (!isFieldValue(value)) {
            throw new IllegalArgumentException("the value of header " + name + " holds a control character");
        }
    }

    /**
     * Says whether a text may be a header name.
     *
     * @param text the text
     * @return true for a non-empty token of RFC 9110
     */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    /**
     * Says whether a text may be a header value as it is.
     *
     * @param text the text
     * @return true when no control character but a tab is in it, and nothing outside ISO-8859-1
     */
    public static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && (c < 0x20 || c == 0x7F || c > 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares the name ignoring case.
     *
     * @param other a header name
     * @return true when this field has that name
     */
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
