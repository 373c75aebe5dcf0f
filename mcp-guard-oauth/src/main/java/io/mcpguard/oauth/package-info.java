/**
 * Checks the tokens of an authorization server, as an OAuth 2.1 resource server does.
 *
 * <p>A {@link io.mcpguard.oauth.TokenPolicy} says which tokens are meant for this service and what is read from them. A
 * {@link io.mcpguard.oauth.JwtVerifier} checks those that are signed, an {@link io.mcpguard.oauth.IntrospectionVerifier} asks the
 * authorization server about all others, and a {@link io.mcpguard.oauth.CertificateVerifier} takes client certificates that come
 * without a token.
 */
@NullMarked
package io.mcpguard.oauth;

import org.jspecify.annotations.NullMarked;
