/**
 * The folder in which a guard keeps what it needs: {@code profiles.yaml}, {@code keys/} and {@code audit/}.
 */
@NullMarked
package io.mcpguard.core.home;

import org.jspecify.annotations.NullMarked;
