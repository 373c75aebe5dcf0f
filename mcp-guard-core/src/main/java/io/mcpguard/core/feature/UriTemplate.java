package io.mcpguard.core.feature;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.mcpguard.core.catalog.DeclaredNames;
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
 * A URI with variables (RFC 6570 level 1). Immutable.
 *
 * @since 0.1
 */
public final class UriTemplate {

    private static final java.util.regex.Pattern VARIABLE = java.util.regex.Pattern.compile("\\{([A-Za-z0-9_]+)}");
    private static final int LONGEST = 2048;

    private final Pattern pattern;
    private final List<String> variables = new ArrayList<>();
    private final DeclaredNames names;

    private UriTemplate(String template) {
        StringBuilder expression = new StringBuilder();
        java.util.regex.Matcher found = VARIABLE.matcher(template);
        int end = 0;
        while (found.find()) {
            expression
                    .append(Pattern.quote(template.substring(end, found.start())))
                    .append("([^/?#]+)");
            variables.add(found.group(1));
            end = found.end();
        }
        expression.append(Pattern.quote(template.substring(end)));
        this.pattern = Pattern.compile(expression.toString());
        this.names = DeclaredNames.of(variables);
    }

    /**
     * Reads a template.
     *
     * @param template a URI, with each variable in braces
     * @return the template
     */
    public static UriTemplate of(String template) {
        return new UriTemplate(template);
    }

    /**
     * Returns the names of the variables.
     *
     * @return the names
     */
    public DeclaredNames names() {
        return names;
    }

    /**
     * Takes a URI apart.
     *
     * @param uri a URI as it came in
     * @return the variables, percent-decoded; or empty when the URI is none of this template
     */
    public Optional<Map<String, String>> match(String uri) {
        if (uri.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            Optional<String> value = decoded(matcher.group(i + 1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(variables.get(i), value.get());
        }
        return Optional.of(values);
    }

    private static Optional<String> decoded(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 4);
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c == '%') {
                boolean whole = i + 2 < raw.length();
                int high = whole ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 3;
            } else {
                int length = Character.charCount(raw.codePointAt(i));
                bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(raw, i, i + length)));
                i += length;
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
