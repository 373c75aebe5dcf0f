package io.mcpguard.verification;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.error.VerifierUnavailableException;

/**
 * Checks one kind of credential that the guard, and not the service, is to judge: a key of its own, a token of an authorization
 * server.
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
 *   <li><b>CV-8</b> A principal that it establishes has the source {@link Principal.Source#GUARD}. Its roles, scopes and claims
 *       are there to select a profile; the service sees the roles that the profile names.
 *   <li><b>CV-9</b> A credential that is bound to its sender is {@link Verification.Rejected} unless the presentation proves
 *       possession; where {@link Presentation#isOngoing()} holds, what can be proved only once is not asked for again.
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
     * @param presentation how it was presented
     * @return what was found
     * @throws VerifierUnavailableException when it could not be checked; trying again later may succeed
     */
    Verification verify(Credential credential, Presentation presentation);
}
