/**
 * One HTTP request and its answer as the guard's filters handle them on JAX-RS.
 */
@NullMarked
package io.mcpguard.jaxrs.exchange;

import org.jspecify.annotations.NullMarked;
