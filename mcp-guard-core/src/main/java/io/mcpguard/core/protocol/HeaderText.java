package io.mcpguard.core.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Header values that stand for a text of the body, plain or as {@code =?base64?...?=} (MCP 2026-07-28, Streamable HTTP). */
final class HeaderText {

    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderText() {}

    /**
     * Decodes a value strictly: the decoder of the JDK alone would accept missing padding and stray bits.
     *
     * @return the text, or empty when the value is malformed
     */
    static Optional<String> decode(String value) {
        boolean encoded = value.startsWith(PREFIX)
                && value.endsWith(SUFFIX)
                && value.length() >= PREFIX.length() + SUFFIX.length();
        if (!encoded) {
            return isVisible(value) ? Optional.of(value) : Optional.empty();
        }
        String base64 = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isVisible(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }
}
