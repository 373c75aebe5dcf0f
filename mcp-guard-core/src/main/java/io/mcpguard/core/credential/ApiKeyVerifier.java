package io.mcpguard.core.credential;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.GuardException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks API keys that the guard has issued.
 *
 * <p>A key is recognized by its form alone: the {@code bearer} scheme and a value that starts with {@code mcpg_}. Form and
 * checksum come first and cost no lookup. After that an unknown id takes the same steps as a known one: a lookup, one
 * HMAC, one comparison in constant time. Only a key whose secret is right is judged by its state, so that the record of a
 * refusal says {@code key-expired} of genuine keys only.
 *
 * <p>Details of {@link Verification.Rejected}: {@code key-malformed}, {@code key-test-refused}, {@code key-unknown},
 * {@code key-wrong}, {@code key-revoked}, {@code key-suspended}, {@code key-not-yet-valid}, {@code key-expired}. A key that
 * a newer one has superseded is verified until its overlap ends, and says so.
 *
 * <p>A change of state is seen as soon as the store shows it; this class caches nothing.
 *
 * @since 0.1
 */
public final class ApiKeyVerifier implements CredentialVerifier {

    private final ApiKeyStore store;
    private final KeySource keys;
    private final InstantSource clock;
    private final boolean testKeysAllowed;
    private final KeyedHash pepper;

    /** Belongs to nobody; what an unknown id is compared with. */
    private final ApiKeyHash nobody;

    /**
     * Makes a verifier.
     *
     * @param store where records of keys are looked up
     * @param keys holds the peppers
     * @param clock tells the time
     * @param testKeysAllowed whether keys of the kind test are good here; false in production
     * @throws ConfigurationException when there is no pepper, or one that records need is missing
     */
    public ApiKeyVerifier(ApiKeyStore store, KeySource keys, InstantSource clock, boolean testKeysAllowed) {
        this.store = Objects.requireNonNull(store, "store");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.testKeysAllowed = testKeysAllowed;
        this.pepper = keys.current(Purpose.PEPPER)
                .map(KeyedHash::new)
                .orElseThrow(() -> new ConfigurationException(
                        "API keys", "there is no pepper to check keys with; run: mcp-guard init"));
        this.nobody = ApiKeyHash.parse("hmac-sha256:" + pepper.keyId() + ":" + "A".repeat(43));
        refuseLostPeppers();
    }

    private void refuseLostPeppers() {
        var lost = store.records().stream()
                .filter(record -> record.state() != ApiKeyRecord.State.REVOKED)
                .filter(record ->
                        keys.find(Purpose.PEPPER, record.hash().pepperId()).isEmpty())
                .map(record -> "key " + record.id() + " was hashed under pepper "
                        + record.hash().pepperId()
                        + ", which is not in the key folder; put that file back, or revoke the key and issue a new one")
                .toList();
        if (!lost.isEmpty()) {
            throw new ConfigurationException("API keys", lost);
        }
    }

    @Override
    public Verification verify(Credential credential, Presentation presentation) {
        String value = credential.reveal();
        if (!credential.scheme().equals("bearer") || !value.startsWith(ApiKey.PREFIX)) {
            return new Verification.NotMine();
        }
        Optional<ApiKey> key = ApiKey.parse(value);
        if (key.isEmpty()) {
            return new Verification.Rejected("", "key-malformed");
        }
        if (key.get().kind() == ApiKey.Kind.TEST && !testKeysAllowed) {
            return new Verification.Rejected(key.get().id(), "key-test-refused");
        }
        return check(key.get());
    }

    private Verification check(ApiKey key) {
        Optional<ApiKeyRecord> found = lookUp(key.id());
        ApiKeyHash expected = found.map(ApiKeyRecord::hash).orElse(nobody);
        boolean genuine = ApiKeyHash.of(key, pepper(expected.pepperId())).matches(expected);
        if (found.isEmpty()) {
            return new Verification.Rejected(key.id(), "key-unknown");
        }
        if (!genuine) {
            return new Verification.Rejected(key.id(), "key-wrong");
        }
        ApiKeyRecord record = found.get();
        Instant now = clock.instant();
        Optional<String> refusal = record.refusalAt(now);
        if (refusal.isPresent()) {
            return new Verification.Rejected(key.id(), refusal.get());
        }
        return new Verification.Verified(
                key.id(), record.profile(), record.supersededBy().flatMap(successor -> record.expires()));
    }

    private Optional<ApiKeyRecord> lookUp(String keyId) {
        try {
            return store.find(keyId);
        } catch (StoreUnavailableException e) {
            throw new VerifierUnavailableException("key " + keyId + " could not be looked up: " + e.getMessage(), e);
        }
    }

    private KeyedHash pepper(String id) {
        if (id.equals(pepper.keyId())) {
            return pepper;
        }
        try {
            return keys.find(Purpose.PEPPER, id)
                    .map(KeyedHash::new)
                    .orElseThrow(() -> new VerifierUnavailableException(
                            "pepper " + id + " is missing from the key folder; put its file back", null));
        } catch (VerifierUnavailableException e) {
            throw e;
        } catch (GuardException e) {
            throw new VerifierUnavailableException("pepper " + id + " could not be read: " + e.getMessage(), e);
        }
    }
}
