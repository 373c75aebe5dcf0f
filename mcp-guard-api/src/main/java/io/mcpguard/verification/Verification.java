package io.mcpguard.verification;

import io.mcpguard.credential.Principal;
import io.mcpguard.profile.ProfileId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link CredentialVerifier} found.
 *
 * @since 0.1
 */
public sealed interface Verification {

    /**
     * The credential is genuine and valid now.
     *
     * @param credentialId public name of the credential, for the audit trail
     * @param profile the one profile it belongs to
     * @param supersededUntil when this credential stops working because a newer one has been issued; empty when it is the
     *     newest
     * @since 0.1
     */
    record Verified(String credentialId, ProfileId profile, Optional<Instant> supersededUntil) implements Verification {
        public Verified {
            Objects.requireNonNull(credentialId, "credentialId");
            Objects.requireNonNull(profile, "profile");
            Objects.requireNonNull(supersededUntil, "supersededUntil");
        }
    }

    /**
     * The credential is genuine and valid now, and says who calls but not by which profile: the guard picks one that is bound to
     * the principal, as it does for callers of the service's own.
     *
     * @param principal who calls; its source is {@link Principal.Source#GUARD}
     * @param expiresAt when the credential stops being valid by itself, if it says so
     * @since 0.1
     */
    record Established(Principal principal, Optional<Instant> expiresAt) implements Verification {
        public Established {
            Objects.requireNonNull(expiresAt, "expiresAt");
            if (principal.source() != Principal.Source.GUARD) {
                throw new IllegalArgumentException("a verifier establishes a principal of the source GUARD");
            }
        }
    }

    /**
     * The credential is of this verifier's kind and must not be accepted.
     *
     * @param credentialId public name of the credential when one could be read, else empty text
     * @param detail why, as lower-case words joined by hyphens ({@code key-expired}); for the audit trail, the caller sees
     *     the same text for every reason
     * @since 0.1
     */
    record Rejected(String credentialId, String detail) implements Verification {
        public Rejected {
            Objects.requireNonNull(credentialId, "credentialId");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The credential is not of this verifier's kind; another verifier or the service's own security may know it.
     *
     * @since 0.1
     */
    record NotMine() implements Verification {}
}
