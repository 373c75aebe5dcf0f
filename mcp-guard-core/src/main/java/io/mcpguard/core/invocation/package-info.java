/**
 * From the arguments of a caller to one exact request of one operation, or a list of what is wrong with them.
 */
@NullMarked
package io.mcpguard.core.invocation;

import org.jspecify.annotations.NullMarked;
