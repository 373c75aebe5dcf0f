/**
 * API keys that the guard issues itself, and the secret keys it computes with.
 *
 * <p>An {@link io.mcpguard.core.credential.ApiKeyIssuer} makes an {@link io.mcpguard.core.credential.ApiKey} and shows it
 * once; what is kept is an {@link io.mcpguard.core.credential.ApiKeyRecord} with a keyed hash. An
 * {@link io.mcpguard.core.credential.ApiKeyVerifier} checks what callers present against those records.
 */
@NullMarked
package io.mcpguard.core.credential;

import org.jspecify.annotations.NullMarked;
