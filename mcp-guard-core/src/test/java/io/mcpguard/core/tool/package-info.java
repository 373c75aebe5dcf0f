@NullMarked
package io.mcpguard.core.tool;

import org.jspecify.annotations.NullMarked;
