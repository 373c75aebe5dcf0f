package io.mcpguard.audit;

/**
 * Where in the life of a call a record stands.
 *
 * @since 0.1
 */
public enum Stage {
    /** The call was admitted and is about to reach the service. */
    INTENT,
    /** The service has begun to answer with a body that is passed on while it is produced. */
    STARTED,
    /** The call has ended; the record says how. */
    OUTCOME,
    /** The call was refused and did not reach the operation. */
    DENIED,
    /** An intent was found without an outcome when the journal was opened: the process died in between. */
    ORPHANED,
    /** The guard itself failed in the middle of a call. */
    PANIC,
    /** Something that is not a call: the guard started, a key was issued, a profile changed. */
    NOTICE
}
