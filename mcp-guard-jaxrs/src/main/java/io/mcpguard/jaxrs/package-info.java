/**
 * The guard on a JAX-RS application.
 */
@NullMarked
package io.mcpguard.jaxrs;

import org.jspecify.annotations.NullMarked;
