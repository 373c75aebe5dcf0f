package io.mcpguard.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what the audit trail keeps of some values that callers pass.
 *
 * <p>Values are named by a JSON Pointer (RFC 6901): {@code /path/orderId}, {@code /query/status}, {@code /header/X-Trace} or
 * {@code /body/items/0/sku} of an operation, and from the root of the arguments for a tool of the service's own. A token
 * {@code *} stands for any one token, and headers compare ignoring case. A rule covers what its pointer names and all that is
 * below, except that {@link Keep#CLEAR} opens a value and never a tree. Immutable.
 *
 * @since 0.1
 */
public final class ValueRule {

    /** Stands for every operation, and in a pointer for any one token. */
    public static final String ANY = "*";

    private static final Pattern OPERATION = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~0|~1)*){1,16}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private final String operation;
    private final String pointer;
    private final Keep keep;
    private final Optional<String> correlate;
    private final List<String> tokens;

    /** What is kept of a value, from the most open to the strictest. */
    public enum Keep {
        /** The value itself, up to a length. */
        CLEAR,
        /** The last four characters, when there are at least eight. */
        MASK,
        /** A keyed hash: equal values of one argument look equal, and nobody without the key can try values. */
        HMAC,
        /** Nothing, not even that the argument was there. */
        DROP;

        /**
         * Returns the stricter of two.
         *
         * @param other the other
         * @return the one that keeps less
         */
        public Keep orStricter(Keep other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private ValueRule(String operation, String pointer, Keep keep, Optional<String> correlate) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.pointer = Objects.requireNonNull(pointer, "pointer");
        this.keep = Objects.requireNonNull(keep, "keep");
        this.correlate = correlate;
        if (!OPERATION.matcher(operation).matches()) {
            throw new IllegalArgumentException(
                    "'" + operation + "' is no id of an operation; write one, or * for every operation");
        }
        if (!POINTER.matcher(pointer).matches()) {
            throw new IllegalArgumentException("'" + pointer + "' is no JSON Pointer of an argument; write one such as"
                    + " /path/orderId or /body/items/*/sku, with ~1 for a slash and ~0 for a tilde in a name");
        }
        this.tokens = tokens(pointer);
    }

    private static List<String> tokens(String pointer) {
        List<String> tokens = new ArrayList<>();
        for (String token : pointer.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return List.copyOf(tokens);
    }

    /**
     * Makes a rule.
     *
     * @param operation id of the operation or name of the feature it is for, or {@link #ANY}
     * @param pointer JSON Pointer of the values
     * @param keep what is kept of them
     * @return the rule
     * @throws IllegalArgumentException when the operation or the pointer is none
     */
    public static ValueRule of(String operation, String pointer, Keep keep) {
        return new ValueRule(operation, pointer, keep, Optional.empty());
    }

    /**
     * Makes a rule that keeps a keyed hash which is the same wherever the value occurs under a rule with the same group. A
     * plain hash differs by operation and pointer.
     *
     * @param operation id of the operation or name of the feature it is for, or {@link #ANY}
     * @param pointer JSON Pointer of the values
     * @param group name of what the values are, such as {@code order-id}
     * @return the rule
     * @throws IllegalArgumentException when the operation, the pointer or the group is none
     */
    public static ValueRule correlating(String operation, String pointer, String group) {
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException(
                    "'" + group + "' is no name to correlate by; write 1 to 32 small letters, digits or '-'");
        }
        return new ValueRule(operation, pointer, Keep.HMAC, Optional.of(group));
    }

    /**
     * Returns what it is for.
     *
     * @return id of an operation, or {@link #ANY}
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns which values it is for.
     *
     * @return the JSON Pointer
     */
    public String pointer() {
        return pointer;
    }

    /**
     * Returns what is kept.
     *
     * @return what is kept of the values
     */
    public Keep keep() {
        return keep;
    }

    /**
     * Returns what the values are hashed as.
     *
     * @return the group in which equal values look equal, or empty when they do so in one argument of one operation only
     */
    public Optional<String> correlate() {
        return correlate;
    }

    /**
     * Returns the steps of the pointer.
     *
     * @return the tokens, unescaped
     */
    public List<String> tokens() {
        return tokens;
    }

    /**
     * Says whether it is about an operation.
     *
     * @param operationId id of an operation
     * @return true for its own and for every one under {@link #ANY}
     */
    public boolean isFor(String operationId) {
        return operation.equals(ANY) || operation.equals(operationId);
    }

    /**
     * Says whether it is about a value of an operation it {@linkplain #isFor(String) is for}.
     *
     * @param path tokens of the value's pointer, unescaped
     * @return whether it decides on the value
     */
    public boolean covers(List<String> path) {
        int length = tokens.size();
        if (length > path.size() || (keep == Keep.CLEAR && length != path.size())) {
            return false;
        }
        boolean header = path.get(0).equals("header");
        for (int i = 0; i < length; i++) {
            String wanted = tokens.get(i);
            String token = path.get(i);
            boolean same = header ? wanted.equalsIgnoreCase(token) : wanted.equals(token);
            if (!same && !wanted.equals(ANY)) {
                return false;
            }
        }
        return true;
    }

    /** Says what the rule says. */
    @Override
    public String toString() {
        return operation + " " + pointer + " " + keep
                + correlate.map(group -> " as " + group).orElse("");
    }
}
