package io.mcpguard.core.tool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the next page of a listing starts, as an opaque text.
 *
 * <p>It holds an offset and a digest of what was listed and for whom. It is no secret and proves nothing: each page is decided
 * anew, and a made-up cursor could only skip entries of one's own listing. The digest catches a cursor that was changed, or that
 * belongs to another search, profile or catalog.
 */
final class PageCursor {

    private static final int DIGEST_BYTES = 9;

    private PageCursor() {}

    static String at(int offset, List<String> listing) {
        byte[] start = Integer.toString(offset).getBytes(StandardCharsets.US_ASCII);
        byte[] digest = digest(offset, listing);
        byte[] cursor = Arrays.copyOf(digest, DIGEST_BYTES + start.length);
        System.arraycopy(start, 0, cursor, DIGEST_BYTES, start.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /** The offset, or empty when the cursor is not one of this listing. */
    static OptionalInt offset(String cursor, List<String> listing) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length <= DIGEST_BYTES) {
                return OptionalInt.empty();
            }
            String digits = new String(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES, StandardCharsets.US_ASCII);
            int offset = Integer.parseInt(digits);
            return at(offset, listing).equals(cursor) ? OptionalInt.of(offset) : OptionalInt.empty();
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    private static byte[] digest(int offset, List<String> listing) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(Integer.toString(offset).getBytes(StandardCharsets.US_ASCII));
            for (String part : listing) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((":" + bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha.update(bytes);
            }
            return Arrays.copyOf(sha.digest(), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
