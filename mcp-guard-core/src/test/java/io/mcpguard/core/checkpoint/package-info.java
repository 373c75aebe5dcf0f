@NullMarked
package io.mcpguard.core.checkpoint;

import org.jspecify.annotations.NullMarked;
