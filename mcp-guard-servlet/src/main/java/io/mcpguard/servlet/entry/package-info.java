/**
 * The first filter of the service, through which every request of any kind comes in.
 */
@NullMarked
package io.mcpguard.servlet.entry;

import org.jspecify.annotations.NullMarked;
