package io.mcpguard.profile;

/**
 * How the operations of a service are shown to an AI client.
 *
 * <p>The mode decides how operations are shown and named, never which ones: grants, limits and records are the same in both.
 *
 * @since 0.1
 */
public enum ToolMode {
    /** Four tools to list, search, describe and call operations, however many there are. */
    FIXED,
    /** Each operation that the profile may call is a tool of its own, for profiles that open few. */
    DIRECT
}
