/** JSON for the test kit itself, which brings no library for it. Not for users, and not exported. */
@NullMarked
package io.mcpguard.testkit.internal;

import org.jspecify.annotations.NullMarked;
