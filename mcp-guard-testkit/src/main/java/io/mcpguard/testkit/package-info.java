/**
 * What a plug-in author tests with: one contract per SPI, fakes with memory, and a clock that stands still.
 */
@NullMarked
package io.mcpguard.testkit;

import org.jspecify.annotations.NullMarked;
