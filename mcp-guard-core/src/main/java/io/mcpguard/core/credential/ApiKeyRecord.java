package io.mcpguard.core.credential;

import io.mcpguard.profile.ProfileId;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of an API key: everything but the key.
 *
 * @param id the public part of the key
 * @param hash keyed hash of the whole key
 * @param profile the one profile it belongs to
 * @param kind live or test
 * @param created when it was issued
 * @param notBefore first instant at which it may be used; empty means from the start
 * @param expires first instant at which it may no longer be used; empty means it has no end
 * @param state what an operator has decided
 * @param supersededBy id of the key that replaces it; it then works until {@code expires}
 * @param comment a note for people, possibly empty
 * @since 0.1
 */
public record ApiKeyRecord(
        String id,
        ApiKeyHash hash,
        ProfileId profile,
        ApiKey.Kind kind,
        Instant created,
        Optional<Instant> notBefore,
        Optional<Instant> expires,
        State state,
        Optional<String> supersededBy,
        String comment) {

    /**
     * What an operator has decided about a key.
     *
     * @since 0.1
     */
    public enum State {
        /** May be used within its time. */
        ACTIVE,
        /** Refused until it is resumed. */
        SUSPENDED,
        /** Refused for ever. */
        REVOKED;

        /** The word in files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ApiKeyRecord {
        checkId(id);
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(comment, "comment");
        if (supersededBy.isPresent() && expires.isEmpty()) {
            throw new IllegalArgumentException("a superseded key has an end");
        }
        if (notBefore.isPresent() && expires.isPresent() && expires.get().isBefore(notBefore.get())) {
            throw new IllegalArgumentException("a key does not end before it starts");
        }
    }

    /**
     * Checks the form of a key's id.
     *
     * @param id the id
     * @return the same id
     * @throws IllegalArgumentException when the form is wrong
     */
    public static String checkId(String id) {
        if (!id.matches("[0-9A-Za-z]{8}")) {
            throw new IllegalArgumentException("a key id is 8 letters and digits");
        }
        return id;
    }

    /**
     * Says why the key must not be accepted.
     *
     * @param now the present
     * @return {@code key-revoked}, {@code key-suspended}, {@code key-not-yet-valid} or {@code key-expired}; empty when it
     *     may be used
     */
    public Optional<String> refusalAt(Instant now) {
        if (state == State.REVOKED) {
            return Optional.of("key-revoked");
        }
        if (state == State.SUSPENDED) {
            return Optional.of("key-suspended");
        }
        if (notBefore.isPresent() && now.isBefore(notBefore.get())) {
            return Optional.of("key-not-yet-valid");
        }
        if (expires.isPresent() && !now.isBefore(expires.get())) {
            return Optional.of("key-expired");
        }
        return Optional.empty();
    }

    /**
     * Makes a copy in another state.
     *
     * @param changed the new state
     * @return the copy
     */
    public ApiKeyRecord withState(State changed) {
        return new ApiKeyRecord(id, hash, profile, kind, created, notBefore, expires, changed, supersededBy, comment);
    }

    /**
     * Makes a copy that another key replaces.
     *
     * @param successor id of the new key
     * @param until when this one stops working
     * @return the copy
     */
    public ApiKeyRecord supersededBy(String successor, Instant until) {
        return new ApiKeyRecord(
                id,
                hash,
                profile,
                kind,
                created,
                notBefore,
                Optional.of(until),
                state,
                Optional.of(successor),
                comment);
    }
}
