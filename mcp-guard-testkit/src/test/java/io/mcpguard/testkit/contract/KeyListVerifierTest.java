package io.mcpguard.testkit.contract;

import io.mcpguard.credential.Credential;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@link CredentialVerifierContract} over a small verifier that keeps its rules. */
class KeyListVerifierTest extends CredentialVerifierContract {

    private static final String PREFIX = "list_";

    private final String secret = UUID.randomUUID().toString();
    private final Map<String, String> keys = new ConcurrentHashMap<>(Map.of("k1", secret));

    @Override
    protected CredentialVerifier verifier() {
        return (credential, presentation) -> verify(credential, keys);
    }

    @Override
    protected CredentialVerifier unreachableVerifier() {
        return (credential, presentation) -> {
            if (verify(credential, Map.of()) instanceof Verification.NotMine notMine) {
                return notMine;
            }
            throw new VerifierUnavailableException("the list of keys cannot be read", null);
        };
    }

    @Override
    protected Credential valid() {
        return new Credential("bearer", PREFIX + "k1_" + secret);
    }

    @Override
    protected Optional<ProfileId> validProfile() {
        return Optional.of(new ProfileId("reader"));
    }

    @Override
    protected Map<String, Credential> bad() {
        return Map.of(
                "unknown", new Credential("bearer", PREFIX + "k2_" + UUID.randomUUID()),
                "altered", new Credential("bearer", PREFIX + "k1_" + UUID.randomUUID()));
    }

    @Override
    protected void revokeValid() {
        keys.remove("k1");
    }

    @Override
    protected String secretOf(Credential credential) {
        return credential.reveal().substring(PREFIX.length() + 3);
    }

    private static Verification verify(Credential credential, Map<String, String> keys) {
        if (!credential.scheme().equals("bearer") || !credential.reveal().matches(PREFIX + "[a-z0-9]{2}_.+")) {
            return new Verification.NotMine();
        }
        String id = credential.reveal().substring(PREFIX.length(), PREFIX.length() + 2);
        byte[] presented = credential.reveal().substring(PREFIX.length() + 3).getBytes(StandardCharsets.UTF_8);
        byte[] stored = keys.getOrDefault(id, "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(presented, stored)
                ? new Verification.Verified(id, new ProfileId("reader"), Optional.empty())
                : new Verification.Rejected(id, "key-unknown");
    }
}
