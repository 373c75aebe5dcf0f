package io.mcpguard.core.guard;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
        return recognize(facts).orElseGet(() -> byHost(facts, host));
    }

    /** Asks the verifiers alone; empty when the credential is for the service's own security to judge, or there is none. */
    Optional<Found> recognize(RequestFacts facts) {
        if (facts.credential().isEmpty()) {
            return Optional.empty();
        }
        Credential credential = facts.credential().get();
        return answered(() -> {
            for (CredentialVerifier verifier : verifiers) {
                Verification verification = verifier.verify(credential, facts.presentation());
                if (verification instanceof Verification.NotMine) {
                    continue;
                }
                return Optional.of(found(facts, verification));
            }
            return Optional.empty();
        });
    }

    Found byHost(RequestFacts facts, AuthContext host) {
        return answered(() -> Optional.of(established(facts, host))).orElseThrow();
    }

    private static Optional<Found> answered(Supplier<Optional<Found>> question) {
        try {
            return question.get();
        } catch (StoreUnavailableException | VerifierUnavailableException e) {
            LOG.warn("A store or an authorization server did not answer; the call is refused", e);
            return Optional.of(Found.deny(Reason.GUARD_UNAVAILABLE, e.code(), ""));
        } catch (RuntimeException e) {
            LOG.warn("The caller could not be identified; the call is refused", LoggedFault.of(e));
            return Optional.of(Found.deny(Reason.GUARD_UNAVAILABLE, "identification-failed", ""));
        }
    }

    private Found found(RequestFacts facts, @Nullable Verification verification) {
        if (verification instanceof Verification.Verified verified) {
            return byKey(facts, verified);
        }
        if (verification instanceof Verification.Established established) {
            return byToken(facts, established.principal());
        }
        if (verification instanceof Verification.Rejected rejected) {
            return Found.deny(Reason.UNAUTHENTICATED, rejected.detail(), rejected.credentialId());
        }
        return Found.deny(Reason.GUARD_UNAVAILABLE, "verifier-gave-no-answer", "");
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

    private Found established(RequestFacts facts, AuthContext host) {
        Optional<Principal> established = host.principal();
        if (established.isEmpty()) {
            String detail = facts.credential().isPresent() ? "credential-not-accepted" : "no-credential";
            return Found.deny(Reason.UNAUTHENTICATED, detail, "");
        }
        return bound(facts, established.get());
    }

    /** The roles of a token choose the profile; the service is shown the profile's, which its owner has allowed. */
    private Found byToken(RequestFacts facts, Principal principal) {
        Found bound = bound(facts, principal);
        return bound.caller()
                .map(caller -> Found.caller(
                        new Caller(principal.withRoles(caller.profile().roles()), caller.profile())))
                .orElse(bound);
    }

    private Found bound(RequestFacts facts, Principal principal) {
        List<Profile> entitled = profiles.boundTo(principal);
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
