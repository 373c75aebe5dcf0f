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
}
