package io.mcpguard.catalog;

/**
 * Names an operation. MCP clients see it as {@code endpoint_id}; in an OpenAPI document it is the {@code operationId}.
 *
 * @param value 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit; case-sensitive and unique in a
 *     service
 * @since 0.1
 */
public record OperationId(String value) {

    /** What ids, of products too, and tags look like. */
    static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    public OperationId {
        check(value, "an operation id");
    }

    static void check(String value, String what) {
        if (!value.matches(FORM)) {
            throw new IllegalArgumentException(what
                    + " is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit, not '" + value
                    + "'");
        }
    }

    /** The id itself. */
    @Override
    public String toString() {
        return value;
    }
}
