package io.mcpguard.core.seal;

import io.mcpguard.decision.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the next page of a listing starts, as a text that only the caller it was made for can use.
 *
 * <p>A cursor holds an offset and a digest of what was listed, so that one that belongs to another search, another profile or
 * an older catalog is refused instead of skipping entries. It opens nothing: each page is decided anew. It ends after an hour.
 *
 * @since 0.1
 */
public final class PageCursors {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int DIGEST_BYTES = 16;

    private final Seal seal;

    /**
     * Makes cursors.
     *
     * @param seal protects them
     */
    public PageCursors(Seal seal) {
        this.seal = seal;
    }

    /**
     * Makes the cursor of a page.
     *
     * @param offset where the page starts
     * @param caller whose listing it is
     * @param listing what names the listing besides the caller and the state of its profile: the method or tool, a digest of
     *     what there is to list, a search
     * @return the cursor
     */
    public String at(int offset, Caller caller, List<String> listing) {
        if (offset < 0) {
            throw new IllegalArgumentException("a page starts at 0 or later");
        }
        return seal.seal(Use.CURSOR, Holder.of(caller), digest(caller, listing) + offset, LIFE);
    }

    /**
     * Reads a cursor.
     *
     * @param cursor the text as it came in
     * @param caller who hands it in
     * @param listing the same parts as those it was made with
     * @return where the page starts, or empty when the cursor is not one of this listing
     */
    public OptionalInt offset(String cursor, Caller caller, List<String> listing) {
        String digest = digest(caller, listing);
        return seal.open(Use.CURSOR, Holder.of(caller), cursor) instanceof Opened.Valid valid
                        && valid.payload().startsWith(digest)
                ? OptionalInt.of(Integer.parseInt(valid.payload().substring(digest.length())))
                : OptionalInt.empty();
    }

    /** Each part is preceded by its length, so that no two listings come to the same text. */
    private static String digest(Caller caller, List<String> listing) {
        List<String> parts = new ArrayList<>(listing);
        parts.add(caller.profile().version());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha.update(bytes);
            }
            byte[] digest = Arrays.copyOf(sha.digest(), DIGEST_BYTES);
            return Base64.getUrlEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
