package io.mcpguard.core.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The JSON Schema of {@code profiles.yaml}, for editors. Whether a file is right says {@link ProfileDocument} alone: a schema
 * cannot tell that a client is missing or a name stands twice.
 *
 * @since 0.1
 */
public final class ProfileSchema {

    /** Name of the file that {@code mcp-guard init} writes beside {@code profiles.yaml}. */
    public static final String FILE_NAME = "profiles.schema.json";

    private ProfileSchema() {}

    /**
     * Returns the schema.
     *
     * @return a JSON Schema of draft 7, which is what editors of YAML know best
     */
    public static String text() {
        try (InputStream resource = ProfileSchema.class.getResourceAsStream(FILE_NAME)) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of profiles.yaml, which is part of this jar, cannot be read", e);
        }
    }
}
