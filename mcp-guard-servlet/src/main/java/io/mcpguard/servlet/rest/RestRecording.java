package io.mcpguard.servlet.rest;

/**
 * Which REST requests leave a record. Those that present a profile always do.
 *
 * @since 0.1
 */
public enum RestRecording {
    /** Requests that present a profile. */
    PROFILES,
    /** Every request of the service, also those that the guard has no part in. */
    ALL
}
