package io.mcpguard.core.profile;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that changed in a profiles file, for the audit trail.
 *
 * @param kind what happened
 * @param id id of the profile, client or key it happened to
 * @param profileId id of the profile, empty when a client changed
 * @param clientId id of the client, empty when it is not known any more
 * @param version the profile's version after the change, empty when there is none
 * @param detail what exactly, in a few words without any value from outside the file
 * @since 0.1
 */
public record ProfileChange(Kind kind, String id, String profileId, String clientId, String version, String detail) {

    /**
     * What can happen.
     *
     * @since 0.1
     */
    public enum Kind {
        /** A client that was not there before. */
        CLIENT_ADDED,
        /** A client has another name or state. */
        CLIENT_CHANGED,
        /** A client is not there any more. */
        CLIENT_REMOVED,
        /** A profile that was not there before. */
        PROFILE_ADDED,
        /** A profile, or the client it belongs to, says something else. */
        PROFILE_CHANGED,
        /** A profile is not there any more. */
        PROFILE_REMOVED,
        /** A key that was not there before. */
        CREDENTIAL_ISSUED,
        /** A key that another one replaces. */
        CREDENTIAL_ROTATED,
        /** A key is refused until it is resumed. */
        CREDENTIAL_SUSPENDED,
        /** A key that was suspended, or even revoked, may be used again. */
        CREDENTIAL_RESUMED,
        /** A key is refused for ever. */
        CREDENTIAL_REVOKED,
        /** A key has another hash, profile, time or comment. */
        CREDENTIAL_CHANGED,
        /** A key's record is not there any more; the key is unknown. */
        CREDENTIAL_REMOVED,
        /** A version of the file was not taken over because of its mistakes. */
        EDIT_REJECTED;

        /** The words joined by hyphens, as records of the audit trail have them. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public ProfileChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(profileId, "profileId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(detail, "detail");
    }
}
