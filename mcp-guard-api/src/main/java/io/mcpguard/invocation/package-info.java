/**
 * The call of one operation through the service's own stack, and what the service answered.
 */
@NullMarked
package io.mcpguard.invocation;

import org.jspecify.annotations.NullMarked;
