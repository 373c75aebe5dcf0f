/**
 * What a service publishes: products, their operations, and the parameters, bodies and responses of each.
 *
 * <p>Everything here is an immutable value; {@link io.mcpguard.catalog.OperationSource} is where they come from.
 */
@NullMarked
package io.mcpguard.catalog;

import org.jspecify.annotations.NullMarked;
