package io.mcpguard.core.credential;

import io.mcpguard.profile.ProfileId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the records of API keys in memory, for services that bring their own storage and for tests. A change is seen by
 * the next lookup. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class MemoryApiKeyStore implements ApiKeyStore, ApiKeyLedger {

    private final Supplier<Set<ProfileId>> profiles;
    private volatile Map<String, ApiKeyRecord> records = Map.of();

    /**
     * Makes an empty store.
     *
     * @param profiles says which profiles there are; keys are issued for those only
     */
    public MemoryApiKeyStore(Supplier<Set<ProfileId>> profiles) {
        this.profiles = profiles;
    }

    @Override
    public Optional<ApiKeyRecord> find(String keyId) {
        return Optional.ofNullable(records.get(keyId));
    }

    @Override
    public List<ApiKeyRecord> records() {
        return List.copyOf(records.values());
    }

    /**
     * Adds a record, or replaces the one of the same id.
     *
     * @param record the record
     */
    public synchronized void put(ApiKeyRecord record) {
        Map<String, ApiKeyRecord> next = new LinkedHashMap<>(records);
        next.put(record.id(), record);
        records = next;
    }

    /**
     * Removes a record; the key is unknown from then on.
     *
     * @param keyId the key's id
     */
    public synchronized void remove(String keyId) {
        Map<String, ApiKeyRecord> next = new LinkedHashMap<>(records);
        next.remove(keyId);
        records = next;
    }

    @Override
    public synchronized void update(Change change) {
        Map<String, ApiKeyRecord> next = new LinkedHashMap<>();
        for (ApiKeyRecord record : change.apply(records(), profiles.get())) {
            if (next.put(record.id(), record) != null) {
                throw new KeyRefusedException("Two keys have the id " + record.id() + ". Try again.");
            }
        }
        records = next;
    }
}
