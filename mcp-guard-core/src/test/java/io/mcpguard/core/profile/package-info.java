@NullMarked
package io.mcpguard.core.profile;

import org.jspecify.annotations.NullMarked;
