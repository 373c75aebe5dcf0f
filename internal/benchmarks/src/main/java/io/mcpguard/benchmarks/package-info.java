/** What a call costs: the steps of the guard, the invokers, and whole servers side by side. */
@NullMarked
package io.mcpguard.benchmarks;

import org.jspecify.annotations.NullMarked;
