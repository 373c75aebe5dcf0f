@NullMarked
package io.mcpguard.core.home;

import org.jspecify.annotations.NullMarked;
