package io.mcpguard.core.guard;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialVerifier;
import io.mcpguard.credential.Principal;
import io.mcpguard.credential.Verification;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who calls and by which profile. Headers select among what the credential is entitled to, nothing more. */
final class CallerIdentifier {

    private static final Logger LOG = LoggerFactory.getLogger(CallerIdentifier.class);

    private final List<CredentialVerifier> verifiers;
    private final ProfileStore profiles;

    CallerIdentifier(List<CredentialVerifier> verifiers, ProfileStore profiles) {
        this.verifiers = List.copyOf(verifiers);
        this.profiles = profiles;
    }

    /** Exactly one of the two is present. The credential id is kept for the record even when the caller is refused. */
    record Found(Optional<Caller> caller, Optional<Deny> deny, String credentialId) {
        static Found caller(Caller caller) {
            return new Found(
                    Optional.of(caller), Optional.empty(), caller.principal().credentialId());
        }

        static Found deny(Reason reason, String detail, String credentialId) {
            return new Found(Optional.empty(), Optional.of(new Deny(reason, detail)), credentialId);
        }
    }

    Found identify(RequestFacts facts, AuthContext host) {
        try {
            for (CredentialVerifier verifier :
                    facts.credential().isPresent() ? verifiers : List.<CredentialVerifier>of()) {
                Credential credential = facts.credential().get();
                Verification verification = verifier.verify(credential);
                if (verification instanceof Verification.Verified verified) {
                    return byKey(facts, verified);
                }
                if (verification instanceof Verification.Rejected rejected) {
                    return Found.deny(Reason.UNAUTHENTICATED, rejected.detail(), rejected.credentialId());
                }
                if (!(verification instanceof Verification.NotMine)) {
                    return Found.deny(Reason.GUARD_UNAVAILABLE, "verifier-gave-no-answer", "");
                }
            }
            return byHost(facts, host);
        } catch (StoreUnavailableException e) {
            LOG.warn("A store did not answer; the call is refused", e);
            return Found.deny(Reason.GUARD_UNAVAILABLE, e.code(), "");
        } catch (RuntimeException e) {
            LOG.warn("The caller could not be identified; the call is refused", LoggedFault.of(e));
            return Found.deny(Reason.GUARD_UNAVAILABLE, "identification-failed", "");
        }
    }

    private Found byKey(RequestFacts facts, Verification.Verified verified) {
        String keyId = verified.credentialId();
        Optional<Profile> found = profiles.find(verified.profile());
        if (found.isEmpty()) {
            return Found.deny(Reason.UNAUTHENTICATED, "profile-of-key-gone", keyId);
        }
        Profile profile = found.get();
        if (!selects(facts, profile)) {
            return Found.deny(Reason.PROFILE_NOT_ENTITLED, "header-selects-another-profile", keyId);
        }
        String name = profile.principalName().orElse(profile.client().id().value());
        return Found.caller(new Caller(new Principal(name, profile.roles(), Principal.Source.GUARD, keyId), profile));
    }

    private Found byHost(RequestFacts facts, AuthContext host) {
        Optional<Principal> established = host.principal();
        if (established.isEmpty()) {
            String detail = facts.credential().isPresent() ? "credential-not-accepted" : "no-credential";
            return Found.deny(Reason.UNAUTHENTICATED, detail, "");
        }
        Principal principal = established.get();
        List<Profile> entitled = profiles.boundTo(principal.name(), principal.roles());
        List<Profile> selected =
                entitled.stream().filter(profile -> selects(facts, profile)).toList();
        if (selected.size() == 1) {
            return Found.caller(new Caller(principal, selected.get(0)));
        }
        if (selected.isEmpty()) {
            String detail = entitled.isEmpty() ? "principal-has-no-profile" : "header-selects-another-profile";
            return Found.deny(Reason.PROFILE_NOT_ENTITLED, detail, principal.credentialId());
        }
        return Found.deny(Reason.PROFILE_REQUIRED, "several-profiles", principal.credentialId());
    }

    /** An absent header selects everything the credential is entitled to; a present one must name it exactly. */
    private static boolean selects(RequestFacts facts, Profile profile) {
        return facts.clientId()
                        .map(id -> id.equals(profile.client().id().value()))
                        .orElse(true)
                && facts.profileId().map(id -> id.equals(profile.id().value())).orElse(true);
    }
}
