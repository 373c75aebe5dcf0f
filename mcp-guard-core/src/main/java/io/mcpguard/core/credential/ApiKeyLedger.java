package io.mcpguard.core.credential;

import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.ProfileId;
import java.util.List;
import java.util.Set;

/**
 * A place where records of API keys can be changed.
 *
 * @since 0.1
 */
public interface ApiKeyLedger {

    /**
     * Changes records as one step: nobody else changes them between the reading and the writing, and either the whole
     * change is kept or none of it.
     *
     * @param change what to do; it may refuse by an exception, and then nothing is written
     * @throws StoreUnavailableException when the records could not be read or written
     * @throws KeyRefusedException when the change or the ledger refuses
     */
    void update(Change change);

    /**
     * Decides on the new records from the old ones.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Change {

        /**
         * Decides.
         *
         * @param records every record there is
         * @param profiles ids of the profiles there are
         * @return every record there shall be: the given ones, changed or not, in the same order, then new ones
         */
        List<ApiKeyRecord> apply(List<ApiKeyRecord> records, Set<ProfileId> profiles);
    }
}
