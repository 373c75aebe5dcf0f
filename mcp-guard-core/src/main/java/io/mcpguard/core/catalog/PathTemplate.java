package io.mcpguard.core.catalog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables, each of which is one whole segment: {@code /api/orders/{orderId}}.
 *
 * <p>Expanding and matching are each other's inverse and both are strict. A raw path that a container or framework might
 * read in more than one way (dot segments, empty segments, {@code ;}, encoded slashes, malformed or overlong encodings)
 * matches nothing, so that what the guard decided on and what the service serves cannot differ.
 *
 * @since 0.1
 */
public final class PathTemplate {

    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String text;
    private final List<Segment> segments;

    private record Segment(String text, boolean variable) {}

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @param template the template of an {@link io.mcpguard.catalog.Operation}, whose builder has checked it
     * @return the template
     */
    public static PathTemplate of(String template) {
        List<Segment> segments = new ArrayList<>();
        for (String part : template.substring(1).split("/", -1)) {
            boolean variable = part.startsWith("{") && part.endsWith("}");
            segments.add(new Segment(variable ? part.substring(1, part.length() - 1) : part, variable));
        }
        return new PathTemplate(template, List.copyOf(segments));
    }

    /**
     * Says why a text cannot be a path value.
     *
     * @param value the value, before encoding
     * @return what is wrong with it, or empty when it may be used
     */
    public static Optional<String> problemWith(String value) {
        if (value.isEmpty()) {
            return Optional.of("must not be empty");
        }
        if (value.equals(".") || value.equals("..")) {
            return Optional.of("must not be a dot segment");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/' || c == '\\' || c == ';') {
                return Optional.of("must not contain '" + c + "'");
            }
            if (Character.isISOControl(c)) {
                return Optional.of("must not contain control characters");
            }
            if (c == '%' && i + 2 < value.length() && isHex(value.charAt(i + 1)) && isHex(value.charAt(i + 2))) {
                return Optional.of("must not be percent-encoded; give the plain text");
            }
        }
        return encodable(value) ? Optional.empty() : Optional.of("must be valid Unicode");
    }

    /**
     * Puts values into the template.
     *
     * @param values a value for each variable
     * @return the percent-encoded path
     * @throws IllegalArgumentException when a value is missing or {@link #problemWith} has something against it
     */
    public String expand(Map<String, String> values) {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/');
            if (segment.variable()) {
                String value = values.get(segment.text());
                if (value == null || problemWith(value).isPresent()) {
                    throw new IllegalArgumentException("no usable value for " + segment.text());
                }
                path.append(encode(value));
            } else {
                path.append(segment.text());
            }
        }
        return path.toString();
    }

    /**
     * Matches a path as it stands on the wire.
     *
     * @param rawPath percent-encoded path
     * @return the decoded value of each variable, or empty when the path is not of this template
     */
    public Optional<Map<String, String>> match(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        String[] parts = rawPath.substring(1).split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            Segment segment = segments.get(i);
            if (segment.variable()) {
                Optional<String> value = decode(parts[i]);
                if (value.isEmpty() || problemWith(value.get()).isPresent()) {
                    return Optional.empty();
                }
                values.put(segment.text(), value.get());
            } else if (!segment.text().equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /**
     * Counts the segments that are fixed, by which the more specific of two templates is found.
     *
     * @return for each segment from the left {@code 0} when it is fixed and {@code 1} when it is a variable; the smaller text
     *     is the more specific template
     */
    String specificity() {
        StringBuilder key = new StringBuilder();
        segments.forEach(segment -> key.append(segment.variable() ? '1' : '0'));
        return key.toString();
    }

    int length() {
        return segments.size();
    }

    /**
     * Percent-encodes everything but unreserved characters (RFC 3986 section 2.3).
     *
     * @param value valid Unicode
     * @return ASCII text without delimiters
     */
    public static String encode(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return out.toString();
    }

    /**
     * Says whether a text is valid Unicode: no lone surrogates.
     *
     * @param value any text
     * @return true when it can be written as UTF-8
     */
    public static boolean encodable(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /** Strict: a malformed escape, an overlong or otherwise invalid UTF-8 sequence gives nothing. */
    private static Optional<String> decode(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length() || !isHex(raw.charAt(i + 1)) || !isHex(raw.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (c > 0x20 && c < 0x7F) {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    }

    /** The template as written. */
    @Override
    public String toString() {
        return text;
    }
}
