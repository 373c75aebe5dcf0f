/**
 * Commands for the people who run a guarded service: they work on the same files as the guard and start no server.
 *
 * <p>{@link io.mcpguard.cli.GuardCommand} is where to start reading. A command that changes keys writes the profiles file;
 * the running service notices, obeys and records what changed, so that a change is on record wherever it came from.
 */
@NullMarked
package io.mcpguard.cli;

import org.jspecify.annotations.NullMarked;
