package io.mcpguard.feature;

/**
 * Severity of a log message (RFC 5424 section 6.2.1), least severe first.
 *
 * @since 0.1
 */
public enum LogLevel {
    /** Detail for finding faults. */
    DEBUG,
    /** What happens. */
    INFO,
    /** Normal but worth knowing. */
    NOTICE,
    /** May lead to a failure. */
    WARNING,
    /** A failure. */
    ERROR,
    /** A part is failing. */
    CRITICAL,
    /** Something must be done now. */
    ALERT,
    /** Nothing works. */
    EMERGENCY
}
