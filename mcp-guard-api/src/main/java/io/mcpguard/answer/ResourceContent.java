package io.mcpguard.answer;

import java.util.Objects;
import java.util.Optional;

/**
 * What one resource holds.
 *
 * @param uri its URI
 * @param mimeType its media type
 * @param data its text, or its bytes in base64 (RFC 4648 section 4)
 * @param binary whether {@code data} is base64
 * @since 0.1
 */
public record ResourceContent(String uri, Optional<String> mimeType, String data, boolean binary) {

    public ResourceContent {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(mimeType, "mimeType");
        Objects.requireNonNull(data, "data");
    }

    /**
     * Makes text.
     *
     * @param uri URI of the resource
     * @param mimeType its media type
     * @param text the text
     * @return the content
     */
    public static ResourceContent text(String uri, String mimeType, String text) {
        return new ResourceContent(uri, Optional.of(mimeType), text, false);
    }

    /**
     * Makes bytes.
     *
     * @param uri URI of the resource
     * @param mimeType its media type
     * @param base64 the bytes in base64
     * @return the content
     */
    public static ResourceContent binary(String uri, String mimeType, String base64) {
        return new ResourceContent(uri, Optional.of(mimeType), base64, true);
    }
}
