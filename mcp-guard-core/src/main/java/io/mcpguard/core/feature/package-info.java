/**
 * The tools, prompts and resources of the service's own: collected, checked and kept ready for the guard and the protocol.
 */
@NullMarked
package io.mcpguard.core.feature;

import org.jspecify.annotations.NullMarked;
