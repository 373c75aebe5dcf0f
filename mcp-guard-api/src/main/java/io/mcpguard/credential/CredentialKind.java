package io.mcpguard.credential;

/**
 * What kind of credential established a caller. A profile may accept some kinds only.
 *
 * @since 0.1
 */
public enum CredentialKind {
    /** A key that the guard has issued. */
    API_KEY,
    /** An access token that says itself what it is good for, signed by its issuer: a JWT. */
    JWT,
    /** An access token of which only its issuer can say what it is good for. */
    OPAQUE_TOKEN,
    /** A client certificate of the connection, with nothing beside it. */
    CERTIFICATE,
    /** Whatever the service's own security accepts, where it does not say more: a password, a container's login. */
    HOST
}
