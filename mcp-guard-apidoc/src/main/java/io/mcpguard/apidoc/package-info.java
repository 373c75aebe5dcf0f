/**
 * Keeps Javadoc at compile time.
 *
 * <p>Comments are not in class files. For each class with operations, and each class that these take or return, the processor
 * writes what its comments say as a resource, {@code META-INF/mcp-guard/apidoc/<class>.properties}; what makes the schemas
 * reads it, where annotations say nothing.
 */
@NullMarked
package io.mcpguard.apidoc;

import org.jspecify.annotations.NullMarked;
