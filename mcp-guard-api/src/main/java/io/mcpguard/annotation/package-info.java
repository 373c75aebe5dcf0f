/**
 * Annotations that publish a controller or resource method as an operation.
 *
 * <p>Publishing is opt-in: a method without {@link io.mcpguard.annotation.McpOperation} is never an operation.
 */
@NullMarked
package io.mcpguard.annotation;

import org.jspecify.annotations.NullMarked;
