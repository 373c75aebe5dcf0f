package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditSink;

/**
 * What a record has survived when the guard goes on.
 *
 * @since 0.1
 */
public enum AuditLevel {
    /** Nothing: the record waits in memory for a moment, and a kill of the process loses it. */
    MEMORY,
    /** The death of the process: the operating system has the record. */
    PROCESS,
    /** The loss of power: the disk itself has the record. */
    POWER,
    /** The loss of the machine: the disk has the record, and so has a sink that {@linkplain AuditSink#confirms() confirms}. */
    REMOTE
}
