package io.mcpguard.catalog;

/**
 * What a caller may expect of an operation's effects (MCP tool annotations). Hints inform a model, and one of them decides: a
 * profile may open or close operations by whether they are read-only.
 *
 * @param readOnly changes nothing
 * @param destructive may delete or overwrite; meaningless when read-only
 * @param idempotent calling again with the same arguments has no further effect
 * @since 0.1
 */
public record Hints(boolean readOnly, boolean destructive, boolean idempotent) {

    /**
     * Derives the hints from the HTTP method (RFC 9110 section 9.2).
     *
     * @param method HTTP method in upper case
     * @return GET, HEAD and OPTIONS read only; PUT and DELETE are idempotent; DELETE, PUT and PATCH may destroy
     */
    public static Hints ofMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> new Hints(true, false, true);
            case "PUT", "DELETE" -> new Hints(false, true, true);
            case "PATCH" -> new Hints(false, true, false);
            default -> new Hints(false, false, false);
        };
    }
}
