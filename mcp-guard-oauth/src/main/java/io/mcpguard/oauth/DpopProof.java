package io.mcpguard.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import java.net.URI;
import java.security.Key;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Set;

/**
 * The proof of possession that comes with a token (RFC 9449 section 4.3), checked in the order of the least trust: its use is
 * noted last, so that nobody can use up the proof of somebody else.
 */
final class DpopProof {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.PS256, JWSAlgorithm.RS256);
    private static final int MOST_CHARACTERS = 8192;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;

    private final TokenPolicy policy;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    DpopProof(TokenPolicy policy) {
        this.policy = policy;
    }

    void check(Object thumbprint, Credential token, Presentation presentation) throws Unacceptable {
        if (presentation.isOngoing()) {
            return;
        }
        if (presentation.proofs().isEmpty()) {
            throw new Unacceptable("proof-missing");
        }
        if (presentation.proofs().size() > 1) {
            throw new Unacceptable("proof-repeated");
        }
        String sent = presentation.proofs().get(0);
        if (sent.length() > MOST_CHARACTERS) {
            throw new Unacceptable("proof-malformed");
        }
        try {
            SignedJWT proof = SignedJWT.parse(sent);
            String key = key(proof, thumbprint);
            JWTClaimsSet claims = proof.getJWTClaimsSet();
            if (!presentation.method().equals(claims.getStringClaim("htm"))) {
                throw new Unacceptable("proof-for-another-method");
            }
            URI here = presentation.uri().orElseThrow(() -> new Unacceptable("public-url-not-configured"));
            if (!isSame(here, claims.getStringClaim("htu"))) {
                throw new Unacceptable("proof-for-another-address");
            }
            String hash = claims.getStringClaim("ath");
            if (hash == null || !SenderBinding.isSame(hash, TokenJudge.sha256(token.reveal()))) {
                throw new Unacceptable("proof-for-another-token");
            }
            once(claims, key);
        } catch (ParseException | IllegalArgumentException e) {
            throw new Unacceptable("proof-malformed");
        } catch (JOSEException e) {
            throw new Unacceptable("proof-signature-invalid");
        }
    }

    /** Whose key has made the proof; the token must be bound to it. */
    private String key(SignedJWT proof, Object thumbprint) throws Unacceptable, JOSEException {
        JWSHeader header = proof.getHeader();
        JWK key = header.getJWK();
        if (header.getType() == null
                || !"dpop+jwt".equals(header.getType().getType())
                || key == null
                || key.isPrivate()
                || !ALGORITHMS.contains(header.getAlgorithm())) {
            throw new Unacceptable("proof-malformed");
        }
        String made = key.computeThumbprint().toString();
        if (!(thumbprint instanceof String bound) || !SenderBinding.isSame(bound, made)) {
            throw new Unacceptable("proof-by-another-key");
        }
        if (!proof.verify(verifiers.createJWSVerifier(header, publicKey(key)))) {
            throw new Unacceptable("proof-signature-invalid");
        }
        return made;
    }

    private static Key publicKey(JWK key) throws Unacceptable, JOSEException {
        return switch (key.getKeyType().getValue()) {
            case "EC" -> key.toECKey().toECPublicKey();
            case "RSA" -> {
                if (key.size() < LEAST_RSA_BITS || key.size() > MOST_RSA_BITS) {
                    throw new Unacceptable("proof-malformed");
                }
                yield key.toRSAKey().toRSAPublicKey();
            }
            default -> throw new Unacceptable("proof-malformed");
        };
    }

    private void once(JWTClaimsSet claims, String key) throws Unacceptable {
        Date issued = claims.getIssueTime();
        String id = claims.getJWTID();
        if (issued == null || id == null || id.isBlank()) {
            throw new Unacceptable("proof-malformed");
        }
        Instant made = issued.toInstant();
        Instant now = policy.clock().instant();
        Instant until = made.plus(policy.proofAge()).plus(policy.skew());
        if (made.isAfter(now.plus(policy.skew())) || !now.isBefore(until)) {
            throw new Unacceptable("proof-too-old");
        }
        if (!policy.replays().isFirstUse(TokenJudge.sha256(key + ":" + id), until)) {
            throw new Unacceptable("proof-replayed");
        }
    }

    /** Compares without query and fragment (RFC 9449 section 4.3), and as RFC 3986 section 6.2 takes two addresses for one. */
    private static boolean isSame(URI here, String sent) {
        return sent != null && normal(here).equals(normal(URI.create(sent)));
    }

    private static String normal(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = address.getPort() < 0 ? usual : address.getPort();
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return scheme + "://" + host + ":" + port + path;
    }
}
