@NullMarked
package io.mcpguard.core.credential;

import org.jspecify.annotations.NullMarked;
