/**
 * What proves a caller, and who the caller then is.
 *
 * <p>A {@link io.mcpguard.credential.Credential} is presented in a {@link io.mcpguard.credential.Presentation}, and a
 * {@link io.mcpguard.credential.Principal} is what it proves. {@link io.mcpguard.credential.AuthContext} brings in the principal
 * that the service's own security has established.
 */
@NullMarked
package io.mcpguard.credential;

import org.jspecify.annotations.NullMarked;
