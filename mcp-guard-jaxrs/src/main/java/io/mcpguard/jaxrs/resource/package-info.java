/**
 * Turns annotated resource classes into operations, and holds what runs to what was decided.
 */
@NullMarked
package io.mcpguard.jaxrs.resource;

import org.jspecify.annotations.NullMarked;
