package io.mcpguard.credential;

import io.mcpguard.error.VerifierUnavailableException;

/**
 * Checks one kind of guard-issued credential.
 *
 * <p>The guard asks its verifiers in order on every request, on the request's own thread, until one does not answer
 * {@link Verification.NotMine}. What nobody knows is left to the service's own security.
 *
 * <p>Rules for implementers, each with a test in {@code CredentialVerifierContract}:
 *
 * <ul>
 *   <li><b>CV-1</b> A credential of another kind is {@link Verification.NotMine}, decided by its form alone.
 *   <li><b>CV-2</b> A credential of this kind that is unknown, altered, expired, suspended or revoked is
 *       {@link Verification.Rejected}, never {@code NotMine} and never an exception.
 *   <li><b>CV-3</b> "I could not check" is an exception; the guard then refuses the call.
 *   <li><b>CV-4</b> Secrets are compared in constant time, and an unknown id takes as long as a known one.
 *   <li><b>CV-5</b> A state change is seen by the next request of this process, and within the time the implementation
 *       states on others.
 *   <li><b>CV-6</b> Nothing returned holds any part of the secret.
 *   <li><b>CV-7</b> Safe for use by many threads at once.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CredentialVerifier {

    /**
     * Checks a credential.
     *
     * @param credential what was presented
     * @return what was found
     * @throws VerifierUnavailableException when it could not be checked; trying again later may succeed
     */
    Verification verify(Credential credential);
}
