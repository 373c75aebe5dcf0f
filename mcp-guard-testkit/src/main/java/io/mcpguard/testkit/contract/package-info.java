/**
 * The rules of every extension point as tests: extend the contract of what you implement and say how to make one.
 */
@NullMarked
package io.mcpguard.testkit.contract;

import org.jspecify.annotations.NullMarked;
