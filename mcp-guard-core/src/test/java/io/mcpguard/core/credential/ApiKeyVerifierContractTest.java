package io.mcpguard.core.credential;

import io.mcpguard.core.credential.ApiKeyRecord.State;
import io.mcpguard.credential.Credential;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.testkit.contract.CredentialVerifierContract;
import io.mcpguard.verification.CredentialVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ApiKeyVerifierContractTest extends CredentialVerifierContract {

    private final KeyFixture fixture = new KeyFixture();
    private final IssuedKey valid = fixture.issue();
    private final Map<String, Credential> bad = makeBad();

    private Map<String, Credential> makeBad() {
        Map<String, Credential> all = new LinkedHashMap<>();
        ApiKey stranger = ApiKey.generate(ApiKey.Kind.LIVE, fixture.random);
        all.put("unknown", new Credential("bearer", stranger.reveal()));
        String genuine = valid.key().reveal();
        char last = genuine.charAt(genuine.length() - 1);
        all.put(
                "altered",
                new Credential("bearer", genuine.substring(0, genuine.length() - 1) + (last == 'a' ? 'b' : 'a')));
        all.put("cut short", new Credential("bearer", genuine.substring(0, 40)));
        all.put("suspended", stored(State.SUSPENDED, Optional.empty(), Optional.empty()));
        all.put("revoked", stored(State.REVOKED, Optional.empty(), Optional.empty()));
        Instant now = fixture.clock.instant();
        all.put("expired", stored(State.ACTIVE, Optional.empty(), Optional.of(now)));
        all.put("not yet valid", stored(State.ACTIVE, Optional.of(now.plusSeconds(1)), Optional.empty()));
        return all;
    }

    private Credential stored(State state, Optional<Instant> notBefore, Optional<Instant> expires) {
        ApiKey key = ApiKey.generate(ApiKey.Kind.LIVE, fixture.random);
        fixture.store.put(new ApiKeyRecord(
                key.id(),
                ApiKeyHash.of(
                        key,
                        fixture.keys
                                .current(io.mcpguard.credential.KeySource.Purpose.PEPPER)
                                .orElseThrow()),
                KeyFixture.PROFILE,
                ApiKey.Kind.LIVE,
                fixture.clock.instant().minus(Duration.ofDays(1)),
                notBefore,
                expires,
                state,
                Optional.empty(),
                ""));
        return new Credential("bearer", key.reveal());
    }

    @Override
    protected CredentialVerifier verifier() {
        return fixture.verifier;
    }

    @Override
    protected Credential valid() {
        return KeyFixture.bearer(valid);
    }

    @Override
    protected Optional<ProfileId> validProfile() {
        return Optional.of(KeyFixture.PROFILE);
    }

    @Override
    protected Map<String, Credential> bad() {
        return bad;
    }

    @Override
    protected void revokeValid() {
        fixture.issuer.revoke(valid.key().id());
    }

    @Override
    protected CredentialVerifier unreachableVerifier() {
        ApiKeyStore down = new ApiKeyStore() {
            @Override
            public Optional<ApiKeyRecord> find(String keyId) {
                throw new StoreUnavailableException("the store is down", null);
            }

            @Override
            public List<ApiKeyRecord> records() {
                return List.of();
            }
        };
        return new ApiKeyVerifier(down, fixture.keys, fixture.clock, false);
    }

    @Override
    protected String secretOf(Credential credential) {
        String text = credential.reveal();
        return text.length() > 19 ? text.substring(19) : "";
    }
}
