package io.mcpguard.credential;

import java.util.Optional;

/**
 * What the service's own security has established for the request being served.
 *
 * <p>The guard asks at most once per request, on the request's own thread, after the service's authentication has run.
 *
 * <p>Rules for implementers, each with a test in {@code AuthContextContract}:
 *
 * <ul>
 *   <li><b>AC-1</b> Nobody authenticated is empty; an anonymous placeholder principal is empty too.
 *   <li><b>AC-2</b> The principal's source is {@link Principal.Source#HOST}.
 *   <li><b>AC-3</b> The roles are those the service would judge by, spelled as the service spells them.
 *   <li><b>AC-4</b> A principal left over from an earlier request on the same thread is never returned.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuthContext {

    /**
     * Returns who the service says is calling.
     *
     * @return the principal, or empty when the service authenticated nobody
     */
    Optional<Principal> principal();

    /**
     * An auth context of a service without security of its own.
     *
     * @return a context that never knows anybody
     */
    static AuthContext none() {
        return Optional::empty;
    }
}
