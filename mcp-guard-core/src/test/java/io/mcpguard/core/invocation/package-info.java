@NullMarked
package io.mcpguard.core.invocation;

import org.jspecify.annotations.NullMarked;
