package io.mcpguard.core.credential;

import io.mcpguard.error.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Looks up what is kept of API keys.
 *
 * <p>The verifier asks once per request that presents a key, on the request's own thread. As with profiles, "I could not
 * look" is an exception and never an empty answer, and a change is seen by the next lookup unless the store says in its
 * own documentation for how long it may be stale. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public interface ApiKeyStore {

    /**
     * Finds the record of one key.
     *
     * @param keyId the public part of the key
     * @return the record as stored now, or empty when there is none
     * @throws StoreUnavailableException when the store did not answer
     */
    Optional<ApiKeyRecord> find(String keyId);

    /**
     * Lists every record, for inventories and start-up checks.
     *
     * @return the records in the order in which they are stored
     * @throws StoreUnavailableException when the store did not answer
     */
    List<ApiKeyRecord> records();
}
