/**
 * Who checks a credential, and what was found.
 *
 * <p>The guard asks each {@link io.mcpguard.verification.CredentialVerifier} in turn; a
 * {@link io.mcpguard.verification.Verification} says that a key belongs to one profile, that a token proves a principal, that
 * the credential is no good, or that somebody else is to judge it.
 */
@NullMarked
package io.mcpguard.verification;

import org.jspecify.annotations.NullMarked;
