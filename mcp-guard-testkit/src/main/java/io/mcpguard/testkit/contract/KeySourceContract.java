package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.credential.SigningKey;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.testkit.Together;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link KeySource}. Extend it and say how to make a source that holds the given keys.
 *
 * @since 0.1
 */
public abstract class KeySourceContract {

    private final SecureRandom random = new SecureRandom();

    /** For subclasses. */
    protected KeySourceContract() {}

    /**
     * Makes the source under test.
     *
     * @param keys the keys of each purpose that has any, oldest first: the last one is current
     * @return a new source
     */
    protected abstract KeySource sourceHolding(Map<Purpose, List<NamedKey>> keys);

    /**
     * Makes a source that cannot look: its file cannot be read, its vault is down.
     *
     * @return the source, or empty for one that holds everything in memory; the test of KS-4 is then skipped in this part
     */
    protected abstract Optional<KeySource> unreachableSource();

    /**
     * Makes a source with a key pair that signs checkpoints.
     *
     * @return the source, or empty for one that never has such a key; the test of KS-6 is then skipped
     */
    protected Optional<KeySource> signingSource() {
        return Optional.empty();
    }

    @Test
    @DisplayName("KS-1 a purpose without a key has no current key")
    void there_is_no_default_key() {
        KeySource empty = sourceHolding(Map.of());
        KeySource pepperOnly = sourceHolding(Map.of(Purpose.PEPPER, List.of(key("p1", 32))));

        for (Purpose purpose : Purpose.values()) {
            assertThat(empty.current(purpose)).isEmpty();
        }
        assertThat(pepperOnly.current(Purpose.AUDIT_MASK)).isEmpty();
        assertThat(pepperOnly.current(Purpose.CURSOR)).isEmpty();
    }

    @Test
    @DisplayName("KS-2 a key shorter than 256 bits is never handed out")
    void short_keys_are_refused() {
        assertThatThrownBy(() -> {
                    KeySource source = sourceHolding(Map.of(Purpose.PEPPER, List.of(key("short", 31))));
                    source.current(Purpose.PEPPER);
                })
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    @DisplayName("KS-2 a key handed out has at least 256 bits and the id it was stored with")
    void keys_are_long_and_named() {
        NamedKey stored = key("pepper_2026-01", 32);
        KeySource source = sourceHolding(Map.of(Purpose.PEPPER, List.of(stored)));

        NamedKey found = source.current(Purpose.PEPPER).orElseThrow();

        assertSame(found, stored);
        assertThat(found.key().getEncoded()).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    @DisplayName("KS-3 the newest key is current and is also found by its id")
    void current_key_is_found_by_id() {
        NamedKey newest = key("n2", 32);
        KeySource source = sourceHolding(Map.of(Purpose.CURSOR, List.of(key("n1", 32), newest)));

        assertSame(source.current(Purpose.CURSOR).orElseThrow(), newest);
        assertSame(source.find(Purpose.CURSOR, "n2").orElseThrow(), newest);
    }

    @Test
    @DisplayName("KS-3 a key that is no longer current stays findable")
    void older_keys_stay_findable() {
        NamedKey oldest = key("n1", 32);
        NamedKey older = key("n2", 48);
        KeySource source = sourceHolding(Map.of(Purpose.PEPPER, List.of(oldest, older, key("n3", 32))));

        assertSame(source.find(Purpose.PEPPER, "n1").orElseThrow(), oldest);
        assertSame(source.find(Purpose.PEPPER, "n2").orElseThrow(), older);
    }

    @Test
    @DisplayName("KS-4 an id nobody has stored for the purpose is empty, not an error")
    void unknown_id_is_empty() {
        KeySource source = sourceHolding(
                Map.of(Purpose.PEPPER, List.of(key("p1", 32)), Purpose.AUDIT_MASK, List.of(key("m1", 32))));

        assertThat(source.find(Purpose.PEPPER, "p2")).isEmpty();
        assertThat(source.find(Purpose.PEPPER, "m1")).isEmpty();
        assertThat(source.find(Purpose.PEPPER, "../p1")).isEmpty();
        assertThat(source.find(Purpose.PEPPER, "")).isEmpty();
    }

    @Test
    @DisplayName("KS-4 a source that cannot look throws and never answers with empty")
    void cannot_look_is_an_exception() {
        Optional<KeySource> unreachable = unreachableSource();
        Assumptions.assumeTrue(unreachable.isPresent(), "this source can always look");
        KeySource source = unreachable.orElseThrow();

        assertThatThrownBy(() -> source.current(Purpose.PEPPER)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> source.find(Purpose.PEPPER, "p1")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("KS-5 many threads at once are answered as one would be")
    void safe_for_many_threads() {
        NamedKey older = key("p1", 32);
        NamedKey newest = key("p2", 32);
        KeySource source = sourceHolding(Map.of(Purpose.PEPPER, List.of(older, newest)));

        List<Boolean> right = Together.run(8, () -> {
            boolean all = true;
            for (int i = 0; i < 200; i++) {
                all &= source.current(Purpose.PEPPER).orElseThrow().id().equals("p2");
                all &= source.find(Purpose.PEPPER, "p1").orElseThrow().key().equals(older.key());
                all &= source.find(Purpose.PEPPER, "p3").isEmpty();
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }

    @Test
    @DisplayName("KS-1 there is no default key to sign with")
    void there_is_no_default_signing_key() {
        assertThat(sourceHolding(Map.of()).signing()).isEmpty();
    }

    @Test
    @DisplayName("KS-6 what is signed is verified by the public key, and by no other message")
    void signatures_are_verified_by_the_public_key() throws GeneralSecurityException {
        Optional<KeySource> signing = signingSource();
        Assumptions.assumeTrue(signing.isPresent(), "this source has no key to sign with");
        SigningKey key = signing.orElseThrow().signing().orElseThrow();
        byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);

        byte[] signature = key.sign(message);

        assertThat(key.id()).matches("[A-Za-z0-9_-]{1,32}");
        assertThat(signature).hasSize(64);
        assertThat(verified(key, message, signature)).isTrue();
        message[0]++;
        assertThat(verified(key, message, signature)).isFalse();
    }

    private static boolean verified(SigningKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key.publicKey());
        verifier.update(message);
        return verifier.verify(signature);
    }

    private NamedKey key(String id, int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return new NamedKey(id, new SecretKeySpec(secret, "HmacSHA256"));
    }

    private static void assertSame(NamedKey actual, NamedKey expected) {
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.key().getEncoded()).isEqualTo(expected.key().getEncoded());
    }
}
