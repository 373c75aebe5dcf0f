package io.mcpguard.schema;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Carries a Java regular expression over to JSON Schema, if it means the same there.
 *
 * <p>JSON Schema's {@code pattern} is an ECMA-262 expression that searches, while Jakarta Validation and Spring match the
 * whole text. What only Java understands, and what cannot be checked in linear time, is left out of the schema: the service
 * checks it anyway.
 *
 * @since 0.1
 */
public final class EcmaPattern {

    /**
     * What Java and ECMA-262 read differently: escapes of Java's own, POSIX and other classes, look-around, back references,
     * inline flags, named groups, atomic groups, possessive quantifiers, class unions and intersections.
     */
    private static final Pattern JAVA_ONLY =
            Pattern.compile("\\\\[QEAGZzhHvVXRNxuackKpP1-9]|\\(\\?(?!:)|[*+?}]\\+|&&|\\[\\^?[^\\]\\\\]*\\[");

    private EcmaPattern() {}

    /**
     * Rewrites an expression that must match a whole text.
     *
     * @param javaRegex the expression as Java reads it
     * @return the anchored expression, or empty when it does not mean the same in JSON Schema
     */
    public static Optional<String> matchingWhole(String javaRegex) {
        if (javaRegex.isEmpty() || JAVA_ONLY.matcher(javaRegex).find()) {
            return Optional.empty();
        }
        try {
            Pattern.compile(javaRegex);
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
        boolean anchored = javaRegex.startsWith("^") && javaRegex.endsWith("$") && !javaRegex.endsWith("\\$");
        // With an alternative at the top level the anchors would bind to its first and last branch only.
        return Optional.of(anchored && javaRegex.indexOf('|') < 0 ? javaRegex : "^(?:" + javaRegex + ")$");
    }

    /**
     * Rewrites an expression that ignores the case of ASCII letters, as Java's flag does, since JSON Schema has no flags.
     *
     * @param javaRegex the expression as Java reads it
     * @return one that names both cases of each letter, or empty when that cannot be done letter by letter
     */
    static Optional<String> ignoringCase(String javaRegex) {
        StringBuilder both = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < javaRegex.length(); i++) {
            char c = javaRegex.charAt(i);
            if (c == '\\' && i + 1 < javaRegex.length()) {
                // An escape is a class of its own, or a sign that is no letter; others are not known to ECMA-262.
                both.append(c).append(javaRegex.charAt(++i));
            } else if (isLetter(c) && inClass && i + 2 < javaRegex.length() && javaRegex.charAt(i + 1) == '-') {
                char end = javaRegex.charAt(i + 2);
                if (!isLetter(end) || Character.isUpperCase(c) != Character.isUpperCase(end)) {
                    return Optional.empty();
                }
                both.append(c).append('-').append(end);
                both.append(other(c)).append('-').append(other(end));
                i += 2;
            } else if (isLetter(c)) {
                both.append(inClass ? "" : "[").append(c).append(other(c)).append(inClass ? "" : "]");
            } else {
                inClass = inClass ? c != ']' : c == '[';
                both.append(c);
            }
        }
        return Optional.of(both.toString());
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static char other(char letter) {
        return (char) (letter ^ 0x20);
    }
}
