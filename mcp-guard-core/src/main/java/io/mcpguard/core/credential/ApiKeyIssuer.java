package io.mcpguard.core.credential;

import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.profile.ProfileId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Issues, rotates, suspends, resumes and revokes API keys.
 *
 * <p>A profile has at most two usable keys at a time, which is what a rotation needs. Records are never removed: a revoked
 * key stays listed, so that its id in the audit trail keeps a meaning.
 *
 * @since 0.1
 */
public final class ApiKeyIssuer {

    private static final int USABLE_KEYS_PER_PROFILE = 2;

    private final ApiKeyLedger ledger;
    private final KeySource keys;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * Makes an issuer.
     *
     * @param ledger where records are kept
     * @param keys holds the current pepper
     * @param random where keys come from
     * @param clock tells the time
     */
    public ApiKeyIssuer(ApiKeyLedger ledger, KeySource keys, SecureRandom random, InstantSource clock) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.random = Objects.requireNonNull(random, "random");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Issues a key.
     *
     * @param profile the profile it is for
     * @param kind live or test
     * @param lifetime how long it is good; empty means without end
     * @param comment a note for people, possibly empty
     * @return the key with its secret, for the only time
     * @throws KeyRefusedException when there is no such profile or it has two usable keys already
     * @throws ConfigurationException when there is no pepper
     */
    public IssuedKey issue(ProfileId profile, ApiKey.Kind kind, Optional<Duration> lifetime, String comment) {
        refuseNegative(lifetime.orElse(Duration.ofDays(1)), "lifetime");
        Instant now = now();
        IssuedKey issued = create(profile, kind, now, lifetime.map(now::plus), comment);
        ledger.update((records, profiles) -> {
            if (!profiles.contains(profile)) {
                throw new KeyRefusedException("There is no profile " + profile + ". Run: mcp-guard profile list");
            }
            refuseThird(records, profile, now);
            return with(records, issued.record());
        });
        return issued;
    }

    /**
     * Issues a key that replaces another, which goes on working for a while.
     *
     * <p>The new key is of the same profile and kind, and good for as long as the old one was meant to be.
     *
     * @param keyId id of the old key
     * @param overlap how long the old key goes on working; it never works longer than it would have
     * @return the new key with its secret, for the only time
     * @throws KeyRefusedException when the old key is not usable or already superseded, or the profile has two usable keys
     * @throws ConfigurationException when there is no pepper
     */
    public IssuedKey rotate(String keyId, Duration overlap) {
        if (overlap.isNegative()) {
            throw new KeyRefusedException("The overlap must not be negative.");
        }
        Instant now = now();
        List<IssuedKey> issued = new ArrayList<>();
        ledger.update((records, profiles) -> {
            ApiKeyRecord old = find(records, keyId);
            refuseUnusable(old, now);
            refuseThird(records, old.profile(), now);
            Optional<Instant> expires = old.expires().map(end -> now.plus(Duration.between(old.created(), end)));
            IssuedKey next = create(old.profile(), old.kind(), now, expires, old.comment());
            issued.add(next);
            Instant until = now.plus(overlap);
            Instant end = old.expires().filter(until::isAfter).orElse(until);
            return with(
                    replace(
                            records,
                            keyId,
                            record -> record.supersededBy(next.record().id(), end)),
                    next.record());
        });
        return issued.get(0);
    }

    /**
     * Refuses a key until it is resumed.
     *
     * @param keyId the key's id
     * @throws KeyRefusedException when there is no such key or it is revoked
     */
    public void suspend(String keyId) {
        ledger.update((records, profiles) -> {
            refuseRevoked(find(records, keyId), "suspended");
            return replace(records, keyId, record -> record.withState(State.SUSPENDED));
        });
    }

    /**
     * Lets a suspended key be used again.
     *
     * @param keyId the key's id
     * @throws KeyRefusedException when there is no such key, it is revoked, or the profile has two usable keys by now
     */
    public void resume(String keyId) {
        ledger.update((records, profiles) -> {
            ApiKeyRecord record = find(records, keyId);
            refuseRevoked(record, "resumed");
            if (record.state() == State.SUSPENDED) {
                refuseThird(records, record.profile(), now());
            }
            return replace(records, keyId, old -> old.withState(State.ACTIVE));
        });
    }

    /**
     * Refuses a key for ever.
     *
     * @param keyId the key's id
     * @throws KeyRefusedException when there is no such key
     */
    public void revoke(String keyId) {
        ledger.update((records, profiles) -> {
            find(records, keyId);
            return replace(records, keyId, record -> record.withState(State.REVOKED));
        });
    }

    private IssuedKey create(
            ProfileId profile, ApiKey.Kind kind, Instant now, Optional<Instant> expires, String comment) {
        NamedKey pepper = keys.current(Purpose.PEPPER)
                .orElseThrow(() -> new ConfigurationException(
                        "API keys", "there is no pepper to hash keys with; run: mcp-guard init"));
        ApiKey key = ApiKey.generate(kind, random);
        ApiKeyHash hash = ApiKeyHash.of(key, pepper);
        ApiKeyRecord record = new ApiKeyRecord(
                key.id(), hash, profile, kind, now, Optional.empty(), expires, State.ACTIVE, Optional.empty(), comment);
        return new IssuedKey(key, record);
    }

    /** Whole seconds are easier to read in a file, and rounding down never makes a key live longer. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static ApiKeyRecord find(List<ApiKeyRecord> records, String keyId) {
        return records.stream()
                .filter(record -> record.id().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new KeyRefusedException("There is no such key. Run: mcp-guard key list"));
    }

    private static void refuseNegative(Duration span, String what) {
        if (span.isNegative() || span.isZero()) {
            throw new KeyRefusedException("The " + what + " must be longer than nothing.");
        }
    }

    private static void refuseRevoked(ApiKeyRecord record, String what) {
        if (record.state() == State.REVOKED) {
            throw new KeyRefusedException(
                    "Key " + record.id() + " is revoked and can never be " + what + ". Issue a new one.");
        }
    }

    private static void refuseUnusable(ApiKeyRecord old, Instant now) {
        if (old.supersededBy().isPresent()) {
            throw new KeyRefusedException("Key " + old.id() + " is already replaced by "
                    + old.supersededBy().get() + ". Rotate that one.");
        }
        old.refusalAt(now).ifPresent(refusal -> {
            throw new KeyRefusedException("Key " + old.id() + " cannot be rotated (" + refusal + "). Issue a new one.");
        });
    }

    private static void refuseThird(List<ApiKeyRecord> records, ProfileId profile, Instant now) {
        List<String> usable = records.stream()
                .filter(record -> record.profile().equals(profile))
                .filter(record -> record.state() == State.ACTIVE)
                .filter(record -> record.expires().isEmpty()
                        || now.isBefore(record.expires().get()))
                .map(ApiKeyRecord::id)
                .toList();
        if (usable.size() >= USABLE_KEYS_PER_PROFILE) {
            throw new KeyRefusedException("Profile " + profile + " already has " + usable.size() + " usable keys ("
                    + String.join(", ", usable) + "). Revoke one first, or wait until it expires.");
        }
    }

    private static List<ApiKeyRecord> with(List<ApiKeyRecord> records, ApiKeyRecord added) {
        if (records.stream().anyMatch(record -> record.id().equals(added.id()))) {
            throw new KeyRefusedException("The new key drew an id that is taken. Try again.");
        }
        List<ApiKeyRecord> all = new ArrayList<>(records);
        all.add(added);
        return all;
    }

    private static List<ApiKeyRecord> replace(
            List<ApiKeyRecord> records, String keyId, UnaryOperator<ApiKeyRecord> change) {
        return records.stream()
                .map(record -> record.id().equals(keyId) ? change.apply(record) : record)
                .toList();
    }
}
