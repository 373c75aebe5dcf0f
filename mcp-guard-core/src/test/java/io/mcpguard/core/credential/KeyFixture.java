package io.mcpguard.core.credential;

import io.mcpguard.credential.Credential;
import io.mcpguard.credential.KeySource;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One profile, a store in memory, a fresh pepper and a clock to set. */
final class KeyFixture {

    static final ProfileId PROFILE = new ProfileId("developer-readonly");
    static final ProfileId OTHER = new ProfileId("support-chatbot");

    final SettableClock clock = new SettableClock();
    final SecureRandom random = new SecureRandom();
    final KeySource keys = MemoryKeySource.random(random);
    final MemoryApiKeyStore store = new MemoryApiKeyStore(() -> Set.of(PROFILE, OTHER));
    final ApiKeyIssuer issuer = new ApiKeyIssuer(store, keys, random, clock);
    final ApiKeyVerifier verifier = new ApiKeyVerifier(store, keys, clock, false);

    IssuedKey issue() {
        return issuer.issue(PROFILE, ApiKey.Kind.LIVE, Optional.empty(), "");
    }

    IssuedKey issue(Duration lifetime) {
        return issuer.issue(PROFILE, ApiKey.Kind.LIVE, Optional.of(lifetime), "");
    }

    static Credential bearer(IssuedKey issued) {
        return new Credential("bearer", issued.key().reveal());
    }
}
