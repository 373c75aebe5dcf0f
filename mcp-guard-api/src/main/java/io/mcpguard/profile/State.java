package io.mcpguard.profile;

/**
 * Whether a client or profile may be used.
 *
 * @since 0.1
 */
public enum State {
    /** May be used. */
    ENABLED,
    /** Every call is refused until it is enabled again. */
    SUSPENDED
}
