package io.mcpguard.catalog;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JSON Schema of dialect 2020-12, as text.
 *
 * <p>Kept as text because this module has no JSON library; the guard parses and compiles it once. References are local
 * ({@code #/$defs/...}); a reference to anywhere else is refused at start-up.
 *
 * @param json the schema document: a JSON object, or {@code true} for anything
 * @since 0.1
 */
public record Schema(String json) {

    /** The schema of anything. */
    public static final Schema ANY = new Schema("true");

    /** The schema of any string. */
    public static final Schema STRING = new Schema("{\"type\":\"string\"}");

    /** The schema of any whole number. */
    public static final Schema INTEGER = new Schema("{\"type\":\"integer\"}");

    /** The schema of any number. */
    public static final Schema NUMBER = new Schema("{\"type\":\"number\"}");

    /** The schema of true and false. */
    public static final Schema BOOLEAN = new Schema("{\"type\":\"boolean\"}");

    /** The schema of a day such as {@code 2026-07-28}. */
    public static final Schema DATE = new Schema("{\"type\":\"string\",\"format\":\"date\"}");

    public Schema {
        if (json.isBlank()) {
            throw new IllegalArgumentException("a schema is a JSON document");
        }
    }

    /**
     * Makes the schema of a whole number between two bounds.
     *
     * @param least the least valid number
     * @param most the greatest valid number
     * @return the schema
     */
    public static Schema integer(long least, long most) {
        if (least > most) {
            throw new IllegalArgumentException("no number is at least " + least + " and at most " + most);
        }
        return new Schema("{\"type\":\"integer\",\"minimum\":" + least + ",\"maximum\":" + most + "}");
    }

    /**
     * Makes the schema of a text of some words and no others.
     *
     * @param words the valid texts, at least one
     * @return the schema
     */
    public static Schema oneOf(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("a choice has at least one word");
        }
        return new Schema(Stream.of(words)
                .map(Schema::quoted)
                .collect(Collectors.joining(",", "{\"type\":\"string\",\"enum\":[", "]}")));
    }

    /**
     * Makes the schema of a text in which a pattern is found.
     *
     * @param pattern a regular expression (ECMA-262); with {@code ^} and {@code $} it means the whole text
     * @return the schema
     */
    public static Schema matching(String pattern) {
        return new Schema("{\"type\":\"string\",\"pattern\":" + quoted(pattern) + "}");
    }

    /** A JSON string (RFC 8259 section 7). */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
