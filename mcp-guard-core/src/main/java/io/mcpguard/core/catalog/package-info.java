/**
 * The operations of a service as the guard works with them: indexed, with templates and schemas compiled once, and
 * immutable.
 */
@NullMarked
package io.mcpguard.core.catalog;

import org.jspecify.annotations.NullMarked;
