package io.mcpguard.profile;

import io.mcpguard.credential.Principal;
import io.mcpguard.error.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Looks up what a caller may do.
 *
 * <p>Implement this to keep profiles in a database, a file or another service. The guard asks once per request, on the
 * request's own thread and before any operation runs, so the time a lookup takes is time the caller waits.
 *
 * <p>Rules for implementers, each with a test in {@code ProfileStoreContract}:
 *
 * <ul>
 *   <li><b>PS-1</b> The profile found carries the id that was asked for.
 *   <li><b>PS-2</b> An id nobody has stored is an ordinary answer: empty, never an exception.
 *   <li><b>PS-3</b> "I could not look" is never answered with empty. Throw; the guard then denies the call.
 *   <li><b>PS-4</b> A change made by any node is seen by the next lookup on every node. A store that caches says in its
 *       own documentation for how long it may be stale.
 *   <li><b>PS-5</b> Safe for use by many threads at once, with no lock held by the caller.
 *   <li><b>PS-6</b> Never waits for ever: a lookup has a timeout, 2 seconds unless the store is configured otherwise, and
 *       throws when it is reached.
 *   <li><b>PS-7</b> {@link #all()} and {@link #find(ProfileId)} agree, and {@link #boundTo(Principal)} returns
 *       exactly those whose binding includes the caller.
 * </ul>
 *
 * @since 0.1
 */
public interface ProfileStore {

    /**
     * Finds one profile.
     *
     * @param id which profile
     * @return the profile as stored now, or empty when there is none with this id
     * @throws StoreUnavailableException when the store did not answer; trying again later may succeed
     */
    Optional<Profile> find(ProfileId id);

    /**
     * Lists every profile, for inventories and start-up checks.
     *
     * @return the profiles in the order of their ids
     * @throws StoreUnavailableException when the store did not answer; trying again later may succeed
     */
    List<Profile> all();

    /**
     * Lists the profiles that a caller may use who is known by something else than a key of one profile: by a credential of the
     * service's own, or by a token.
     *
     * @param principal who calls
     * @return the profiles in the order of their ids; empty means the caller may use none
     * @throws StoreUnavailableException when the store did not answer; trying again later may succeed
     */
    default List<Profile> boundTo(Principal principal) {
        return all().stream()
                .filter(profile -> profile.binding().includes(principal.name(), principal.roles()))
                .toList();
    }
}
