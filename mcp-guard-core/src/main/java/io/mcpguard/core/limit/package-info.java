/**
 * Limits kept in this process: exact windows over time, calls in flight, and the reservation of both at once.
 */
@NullMarked
package io.mcpguard.core.limit;

import org.jspecify.annotations.NullMarked;
