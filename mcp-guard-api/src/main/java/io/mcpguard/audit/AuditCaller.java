package io.mcpguard.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * Who called, as far as it was proved.
 *
 * @param clientId the client, or {@link #ANONYMOUS}
 * @param profileId the profile in use, or {@link #ANONYMOUS}
 * @param profileVersion version of the profile that was decided by, or {@link #ANONYMOUS}
 * @param principal the principal's name in the service's terms, when one was established
 * @param credentialId public name of the credential, never any part of the secret
 * @since 0.1
 */
public record AuditCaller(
        String clientId,
        String profileId,
        String profileVersion,
        Optional<String> principal,
        Optional<String> credentialId) {

    /** Stands where nobody was proved; a caller is never left out of a record. */
    public static final String ANONYMOUS = "anonymous";

    public AuditCaller {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(profileId, "profileId");
        Objects.requireNonNull(profileVersion, "profileVersion");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(credentialId, "credentialId");
    }

    /**
     * A caller of whom nothing was proved.
     *
     * @return the anonymous caller
     */
    public static AuditCaller anonymous() {
        return new AuditCaller(ANONYMOUS, ANONYMOUS, ANONYMOUS, Optional.empty(), Optional.empty());
    }
}
