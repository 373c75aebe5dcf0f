package io.mcpguard.core.credential;

/**
 * A key just issued, with its secret: the only moment at which it can be shown.
 *
 * @since 0.1
 */
public final class IssuedKey {

    private final ApiKey key;
    private final ApiKeyRecord record;

    IssuedKey(ApiKey key, ApiKeyRecord record) {
        this.key = key;
        this.record = record;
    }

    /**
     * Returns the key.
     *
     * @return the key with its secret
     */
    public ApiKey key() {
        return key;
    }

    /**
     * Returns what is kept.
     *
     * @return the record without the secret
     */
    public ApiKeyRecord record() {
        return record;
    }

    /** Names the key without its secret. */
    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
