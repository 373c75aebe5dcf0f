/**
 * One HTTP request and its answer as the guard's filters handle them: what is read from it, what the service sees of it, and
 * when the answer may leave.
 */
@NullMarked
package io.mcpguard.servlet.exchange;

import org.jspecify.annotations.NullMarked;
