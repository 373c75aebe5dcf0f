/**
 * Tools, prompts and resources of the service's own, beside its operations. They stand behind the same guard: a profile opens
 * them by a grant, its limits count them, and every call is on record.
 */
@NullMarked
package io.mcpguard.feature;

import org.jspecify.annotations.NullMarked;
