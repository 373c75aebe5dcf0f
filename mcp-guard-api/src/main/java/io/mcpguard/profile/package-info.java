/**
 * Who may do what: clients, their profiles, and where profiles are looked up.
 */
@NullMarked
package io.mcpguard.profile;

import org.jspecify.annotations.NullMarked;
