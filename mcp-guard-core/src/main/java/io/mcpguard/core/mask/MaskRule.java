package io.mcpguard.core.mask;

import java.util.List;
import java.util.Objects;

/**
 * Says what the audit trail keeps of some argument values.
 *
 * @param operation id of the operation it is for, or {@link #ANY}
 * @param pointer JSON Pointer (RFC 6901) of the values, where a token {@code *} stands for any one token; header names
 *     compare ignoring case. {@link Keep#CLEAR} applies to exactly these values, everything else also to what is below
 * @param keep what is kept
 * @since 0.1
 */
public record MaskRule(String operation, String pointer, Keep keep) {

    /** Stands for every operation. */
    public static final String ANY = "*";

    /** What is kept of a value. */
    public enum Keep {
        /** The value itself, up to a length. */
        CLEAR,
        /** The last four characters, when there are at least eight. */
        LAST_FOUR,
        /** A keyed hash: equal values of one argument look equal, and nobody without the key can try values. */
        HMAC,
        /** Nothing, not even that the argument was there. */
        DROP
    }

    public MaskRule {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(keep, "keep");
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("a pointer starts with '/', not '" + pointer + "'");
        }
    }

    boolean covers(String operationId, List<String> tokens) {
        if (!operation.equals(ANY) && !operation.equals(operationId)) {
            return false;
        }
        String[] wanted = pointer.substring(1).split("/", -1);
        if (wanted.length > tokens.size() || (keep == Keep.CLEAR && wanted.length != tokens.size())) {
            return false;
        }
        boolean header = tokens.get(0).equals("header");
        for (int i = 0; i < wanted.length; i++) {
            String token = tokens.get(i);
            String want = wanted[i].replace("~1", "/").replace("~0", "~");
            boolean same = header ? want.equalsIgnoreCase(token) : want.equals(token);
            if (!same && !wanted[i].equals("*")) {
                return false;
            }
        }
        return true;
    }
}
