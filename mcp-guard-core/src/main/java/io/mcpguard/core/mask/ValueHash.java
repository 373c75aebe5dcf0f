package io.mcpguard.core.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.core.credential.KeyedHash;
import io.mcpguard.credential.KeySource.NamedKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;

/**
 * The keyed hash that stands in the trail for a value: {@code hmac-sha256:<key id>:<16 bytes in base64url>}.
 *
 * <p>It is HMAC-SHA-256 over tenant, 0, operation, 0, pointer, 0, value in UTF-8, cut to 16 bytes. For values that correlate the
 * operation is empty and the name of the group stands in place of the pointer. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class ValueHash {

    private static final int KEPT_BYTES = 16;

    private final KeyedHash key;
    private final String tenant;

    /**
     * Prepares hashes.
     *
     * @param key the secret key
     * @param tenant whose values they are, see {@link ValuePolicy#tenant()}
     */
    public ValueHash(NamedKey key, String tenant) {
        this.key = new KeyedHash(key);
        this.tenant = Objects.requireNonNull(tenant, "tenant");
    }

    /**
     * Hashes a value of one argument of one operation.
     *
     * @param operationId id of the operation, or name of the feature
     * @param pointer JSON Pointer of the argument
     * @param value the value; a number as its plain decimal text
     * @return what stands in the trail for it
     */
    public String of(String operationId, String pointer, String value) {
        return of(key.begin(), operationId, pointer, value);
    }

    /**
     * Hashes a value that looks the same wherever it occurs under a rule that correlates.
     *
     * @param group what the rule correlates by
     * @param value the value; a number as its plain decimal text
     * @return what stands in the trail for it
     */
    public String correlated(String group, String value) {
        return of(key.begin(), "", group, value);
    }

    Mac begin() {
        return key.begin();
    }

    /** The same with what {@link #begin()} gave, for those that hash more than once. */
    String of(Mac begun, String operationId, String pointer, String value) {
        begun.update((tenant + '\0' + operationId + '\0' + pointer + '\0').getBytes(UTF_8));
        byte[] hash = begun.doFinal(value.getBytes(UTF_8));
        return "hmac-sha256:" + key.keyId() + ':'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEPT_BYTES));
    }
}
