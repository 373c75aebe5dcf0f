package io.mcpguard.core.guard;

/**
 * Whether a call may go on to its arguments.
 *
 * @since 0.1
 */
public sealed interface Opening permits GuardedCall, Refusal {}
