package io.mcpguard.catalog;

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

    public Schema {
        if (json.isBlank()) {
            throw new IllegalArgumentException("a schema is a JSON document");
        }
    }
}
