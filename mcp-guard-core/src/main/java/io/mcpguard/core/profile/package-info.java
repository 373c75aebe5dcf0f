/**
 * Where clients, profiles and the records of their keys are kept: in one YAML file that is read again whenever it changes,
 * or in memory.
 *
 * <p>A {@link io.mcpguard.core.profile.ProfileDocument} is one state of the file, whole and without mistakes. A
 * {@link io.mcpguard.core.profile.ProfileFile} always holds the last such state. A
 * {@link io.mcpguard.core.profile.ProfileFileEditor} changes the records of keys and leaves every other byte alone.
 */
@NullMarked
package io.mcpguard.core.profile;

import org.jspecify.annotations.NullMarked;
