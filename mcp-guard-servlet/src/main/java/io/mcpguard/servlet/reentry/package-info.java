/**
 * Calls that enter the container without a socket, at the place where it would take a request from one.
 *
 * <p>What is common to all containers: how many calls may be on their way, what ties each to the call it carries out, when
 * nobody waits any more, and a connection in memory for containers that read and write bytes.
 */
@NullMarked
package io.mcpguard.servlet.reentry;

import org.jspecify.annotations.NullMarked;
