package io.mcpguard.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.credential.Principal;
import io.mcpguard.verification.Verification.Established;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges the claims of a token once it is known to be the issuer's: the same for signed ones and for those it was asked about. */
final class TokenJudge {

    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** Claims that only an ID token has, which says who signed in and not what a client may do. */
    private static final Set<String> OF_ID_TOKENS = Set.of("at_hash", "c_hash", "s_hash");

    private final TokenPolicy policy;
    private final SenderBinding binding;

    TokenJudge(TokenPolicy policy) {
        this.policy = policy;
        this.binding = new SenderBinding(policy);
    }

    /** A signed token says for whom it is itself; it must say all of it. */
    void signed(JWTClaimsSet claims) throws Unacceptable {
        if (!policy.issuer().toString().equals(claims.getIssuer())) {
            throw new Unacceptable("issuer-wrong");
        }
        Map<String, Object> all = claims.getClaims();
        if (OF_ID_TOKENS.stream().anyMatch(all::containsKey) || isOfAnotherUse(all)) {
            throw new Unacceptable("token-is-no-access-token");
        }
        boolean complete = policy.requiredClaims().stream().allMatch(all::containsKey)
                && claims.getSubject() != null
                && (all.get("client_id") instanceof String || all.get("azp") instanceof String)
                && claims.getExpirationTime() != null;
        if (!complete) {
            throw new Unacceptable("claim-missing");
        }
    }

    /** Some servers write into a token of the general type what it is for. */
    private static boolean isOfAnotherUse(Map<String, Object> claims) {
        Object type = claims.get("typ");
        Object use = claims.get("token_use");
        return (type != null && !List.of("Bearer", "DPoP").contains(type)) || (use != null && !use.equals("access"));
    }

    Established judge(JWTClaimsSet claims, CredentialKind kind, Credential credential, Presentation presentation)
            throws Unacceptable {
        if (claims.getIssuer() != null && !policy.issuer().toString().equals(claims.getIssuer())) {
            throw new Unacceptable("issuer-wrong");
        }
        if (claims.getAudience().stream().noneMatch(policy.audiences()::contains)) {
            throw new Unacceptable("audience-wrong");
        }
        Instant now = policy.clock().instant();
        Optional<Instant> expires = instant(claims.getExpirationTime());
        if (expires.filter(end -> !now.isBefore(end.plus(policy.skew()))).isPresent()) {
            throw new Unacceptable("token-expired");
        }
        Instant latest = now.plus(policy.skew());
        if (instant(claims.getNotBeforeTime()).filter(latest::isBefore).isPresent()
                || instant(claims.getIssueTime()).filter(latest::isBefore).isPresent()) {
            throw new Unacceptable("token-not-yet-valid");
        }
        Map<String, Object> all = claims.getClaims();
        String name = policy.claims().principal(all).orElseThrow(() -> new Unacceptable("claim-missing"));
        binding.check(all, credential, presentation);
        return new Established(
                new Principal(
                        name,
                        policy.claims().roles(all),
                        Principal.Source.GUARD,
                        idOf(claims, credential),
                        kind,
                        policy.claims().scopes(all),
                        policy.claims().kept(all)),
                expires);
    }

    private static Optional<Instant> instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }

    /** The token's own id, by which its issuer finds it too, or else a hash of it that is too short to be of use. */
    static String idOf(JWTClaimsSet claims, Credential credential) {
        String id = claims.getJWTID();
        return id != null && SHOWN.matcher(id).matches()
                ? id
                : "sha256:" + sha256(credential.reveal()).substring(0, 16);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
