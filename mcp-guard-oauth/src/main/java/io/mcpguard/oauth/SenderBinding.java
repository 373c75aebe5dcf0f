package io.mcpguard.oauth;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Presentation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;

/**
 * Whether a token is presented by whom it was issued to: by certificate (RFC 8705), by DPoP (RFC 9449), or both when it says so.
 */
final class SenderBinding {

    static final String DPOP = "dpop";
    private static final String CERTIFICATE = "x5t#S256";
    private static final String KEY = "jkt";

    private final boolean required;
    private final DpopProof proof;

    SenderBinding(TokenPolicy policy) {
        this.required = policy.bindingRequired();
        this.proof = new DpopProof(policy);
    }

    void check(Map<String, Object> claims, Credential credential, Presentation presentation) throws Unacceptable {
        boolean asProof = credential.scheme().equals(DPOP);
        Object confirmation = claims.get("cnf");
        if (confirmation == null) {
            if (asProof || required) {
                throw new Unacceptable("token-not-bound");
            }
            return;
        }
        // What is not understood might be the one thing that its issuer relies on.
        if (!(confirmation instanceof Map<?, ?> bound)
                || bound.isEmpty()
                || !Set.of(CERTIFICATE, KEY).containsAll(bound.keySet())) {
            throw new Unacceptable("confirmation-unknown");
        }
        if (bound.containsKey(CERTIFICATE)) {
            certificate(bound.get(CERTIFICATE), presentation);
        }
        if (bound.containsKey(KEY)) {
            if (!asProof) {
                throw new Unacceptable("proof-missing");
            }
            proof.check(bound.get(KEY), credential, presentation);
        } else if (asProof) {
            throw new Unacceptable("token-not-bound");
        }
    }

    private static void certificate(Object expected, Presentation presentation) throws Unacceptable {
        String shown = presentation
                .certificate()
                .map(Credential::ofCertificate)
                .map(Credential::reveal)
                .orElseThrow(() -> new Unacceptable("certificate-missing"));
        if (!(expected instanceof String text) || !isSame(text, shown)) {
            throw new Unacceptable("certificate-wrong");
        }
    }

    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
