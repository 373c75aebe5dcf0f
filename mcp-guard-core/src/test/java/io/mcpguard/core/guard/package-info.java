@NullMarked
package io.mcpguard.core.guard;

import org.jspecify.annotations.NullMarked;
