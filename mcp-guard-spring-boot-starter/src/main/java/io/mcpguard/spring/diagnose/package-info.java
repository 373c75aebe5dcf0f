/**
 * Explains at start-up what the guard refuses to start with, and what to do about it.
 */
@NullMarked
package io.mcpguard.spring.diagnose;

import org.jspecify.annotations.NullMarked;
