/**
 * Commands for the people who run a guarded service: they work on the same files as the guard and start no server.
 */
@NullMarked
package io.mcpguard.cli;

import org.jspecify.annotations.NullMarked;
