package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditTarget;
import io.mcpguard.core.credential.PastedCredentials;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What callers say of themselves, as records may keep it. None of it is trusted: a text that may stand in a record is one line,
 * bounded and without credentials, and whatever has a form is kept in that form alone.
 *
 * @since 0.1
 */
public final class CallerText {

    private static final int LONGEST = 200;

    /** How much is looked at to find a secret that reaches over the end of what is kept. */
    private static final int LOOKED_AT = 4096;

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern DATE = Pattern.compile("2[0-9]{3}-[0-9]{2}-[0-9]{2}");
    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY");

    private CallerText() {}

    /**
     * Reads a text that is kept as it is, such as the name of a client.
     *
     * @param text as it came in
     * @return its first 200 characters, in which {@code ?} stands for all that is not to be seen or moves what is, and
     *     {@code hidden} for secrets
     */
    public static String shown(String text) {
        String seen = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        String safe = PastedCredentials.removed(seen);
        int end = Math.min(safe.length(), LONGEST);
        if (end < safe.length() && Character.isHighSurrogate(safe.charAt(end - 1))) {
            end--;
        }
        String cut = safe.substring(0, end);
        for (int i = 0; i < end; i++) {
            if (cut.charAt(i) < 0x20 || cut.charAt(i) >= 0x7F) {
                return visible(cut);
            }
        }
        return cut;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> visible.appendCodePoint(isVisible(point) ? point : '?'));
        return visible.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * Reads a header that is only kept.
     *
     * @param values its lines
     * @return the first of them as {@link #shown(String)}, or empty when it is not there
     */
    public static Optional<String> note(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(shown(values.get(0)));
    }

    /**
     * Names a method of HTTP.
     *
     * @param sent the method as it came in, which may be any word
     * @return the method, or {@link AuditTarget#UNKNOWN} when HTTP knows none of this name
     */
    public static String httpMethod(String sent) {
        return HTTP_METHODS.contains(sent) ? sent : AuditTarget.UNKNOWN;
    }

    /**
     * Reads a revision of the protocol.
     *
     * @param sent as it came in
     * @return the revision, served here or not, or {@link AuditTarget#UNKNOWN} for what has not its form
     */
    public static String revision(String sent) {
        return DATE.matcher(sent).matches() ? sent : AuditTarget.UNKNOWN;
    }

    /**
     * Says whether a text is a trace context (W3C Trace Context).
     *
     * @param text as it came in
     * @return whether it may be kept and passed on
     */
    public static boolean isTraceparent(String text) {
        return TRACEPARENT.matcher(text).matches();
    }

    /**
     * Reads a trace context.
     *
     * @param values lines of the header
     * @return the first of them, or empty when it is none
     */
    public static Optional<String> traceparent(List<String> values) {
        return values.stream().findFirst().filter(CallerText::isTraceparent);
    }
}
