package io.mcpguard.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.strings;

import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.KeySource.NamedKey;
import io.mcpguard.credential.KeySource.Purpose;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Holder ALICE = new Holder("alice");

    private final SettableClock clock = new SettableClock();
    private final Seal seal = seal(FixedKeySource.random());

    private Seal seal(KeySource keys) {
        return new Seal(keys, clock, new SecureRandom());
    }

    private static NamedKey key(String id) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new NamedKey(id, new SecretKeySpec(secret, "HmacSHA256"));
    }

    @Test
    void what_was_sealed_opens_to_what_it_was() {
        qt().forAll(strings().betweenCodePoints(0, 0xD7FF).ofLengthBetween(0, 500))
                .check(payload -> seal.open(Use.CURSOR, ALICE, seal.seal(Use.CURSOR, ALICE, payload, HOUR))
                        .equals(new Opened.Valid(payload)));
    }

    @Test
    void the_longest_payload_opens_and_a_longer_one_is_not_sealed() {
        String longest = "x".repeat(Seal.MAX_PAYLOAD_BYTES);

        assertThat(seal.open(Use.CURSOR, ALICE, seal.seal(Use.CURSOR, ALICE, longest, HOUR)))
                .isEqualTo(new Opened.Valid(longest));
        assertThatThrownBy(() -> seal.seal(Use.CURSOR, ALICE, longest + "x", HOUR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_other_text_opens_than_the_one_that_was_given_out() {
        String token = seal.seal(Use.SESSION, ALICE, "payload", HOUR);

        qt().forAll(
                        integers().between(0, token.length() - 1),
                        strings().ascii().ofLengthBetween(0, 2),
                        integers().between(0, 2))
                .check((at, text, replaced) -> {
                    String other =
                            token.substring(0, at) + text + token.substring(Math.min(token.length(), at + replaced));
                    return other.equals(token) || seal.open(Use.SESSION, ALICE, other) instanceof Opened.Invalid;
                });
    }

    @Test
    void no_single_bit_can_be_turned() {
        for (int length : new int[] {0, 1, 2, 3}) {
            String token = seal.seal(Use.SESSION, ALICE, "p".repeat(length), HOUR);
            for (int at = 0; at < token.length(); at++) {
                for (int bit = 0; bit < 16; bit++) {
                    StringBuilder turned = new StringBuilder(token);
                    turned.setCharAt(at, (char) (token.charAt(at) ^ 1 << bit));

                    assertThat(seal.open(Use.SESSION, ALICE, turned.toString()))
                            .as("bit %s of character %s of %s", bit, at, token)
                            .isInstanceOf(Opened.Invalid.class);
                }
            }
        }
    }

    @Test
    void the_unused_bits_of_the_last_character_are_part_of_the_text() {
        // 85 bytes leave four unused bits in the last character, which an ordinary decoder overlooks.
        String token = seal.seal(Use.SESSION, ALICE, "x".repeat(21), HOUR);
        int body = token.indexOf('.') + 1;
        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(body));
        int decoding = 0;
        int opening = 0;
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            String other = token.substring(0, token.length() - 1) + last;
            decoding += Arrays.equals(Base64.getUrlDecoder().decode(other.substring(body)), bytes) ? 1 : 0;
            opening += seal.open(Use.SESSION, ALICE, other) instanceof Opened.Valid ? 1 : 0;
        }

        assertThat(decoding).isEqualTo(16);
        assertThat(opening).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "k1", "k1.", ".AAAA", "k1.AAAA", "k1.AA==", "k1.A", "k1.%00", "k1.AAAA.AAAA", "\u0000"})
    void what_has_not_even_the_form_is_invalid(String text) {
        assertThat(seal.open(Use.CURSOR, ALICE, text)).isEqualTo(new Opened.Invalid());
        assertThat(seal.open(Use.CURSOR, ALICE, text + "A".repeat(100))).isEqualTo(new Opened.Invalid());
    }

    @Test
    void a_text_beyond_any_that_is_given_out_is_invalid_without_a_look() {
        assertThat(seal.open(Use.CURSOR, ALICE, "k1." + "A".repeat(1 << 20))).isEqualTo(new Opened.Invalid());
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void a_value_opens_for_its_own_use_only(Use use) {
        String token = seal.seal(use, ALICE, "payload", HOUR);

        for (Use other : Use.values()) {
            assertThat(seal.open(other, ALICE, token))
                    .isEqualTo(other == use ? new Opened.Valid("payload") : new Opened.Invalid());
        }
    }

    @Test
    void a_value_of_another_holder_is_foreign_even_when_it_has_ended() {
        String token = seal.seal(Use.CURSOR, ALICE, "payload", HOUR);

        assertThat(seal.open(Use.CURSOR, new Holder("bob"), token)).isEqualTo(new Opened.Foreign());
        clock.advance(HOUR);
        assertThat(seal.open(Use.CURSOR, new Holder("bob"), token)).isEqualTo(new Opened.Foreign());
    }

    @Test
    void a_value_ends_at_the_end_of_its_life() {
        String token = seal.seal(Use.CURSOR, ALICE, "payload", HOUR);

        clock.advance(HOUR.minusMillis(1));
        assertThat(seal.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Valid("payload"));
        clock.advance(Duration.ofMillis(1));
        assertThat(seal.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Expired());
        assertThatThrownBy(() -> seal.seal(Use.CURSOR, ALICE, "payload", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equal_values_never_look_alike_and_do_not_show_what_they_hold() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            tokens.add(seal.seal(Use.CURSOR, ALICE, "a payload to be seen", HOUR));
        }

        assertThat(tokens).hasSize(1000).allSatisfy(token -> {
            assertThat(token).matches("[!-~]+");
            byte[] body = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1));
            assertThat(new String(body, StandardCharsets.ISO_8859_1))
                    .doesNotContain("payload")
                    .doesNotContain("alice");
        });
        assertThat(new Opened.Valid("a payload to be seen").toString()).doesNotContain("payload");
    }

    @Test
    void values_of_a_key_that_was_rotated_away_still_open() {
        MemoryKeySource keys = new MemoryKeySource();
        keys.put(Purpose.CURSOR, key("old"));
        String before = seal(keys).seal(Use.CURSOR, ALICE, "payload", HOUR);
        keys.put(Purpose.CURSOR, key("new"));

        Seal rotated = seal(keys);

        assertThat(rotated.seal(Use.CURSOR, ALICE, "payload", HOUR)).startsWith("new.");
        assertThat(rotated.open(Use.CURSOR, ALICE, before)).isEqualTo(new Opened.Valid("payload"));
    }

    @Test
    void a_node_takes_up_a_new_key_with_the_first_value_it_meets() {
        MemoryKeySource keys = new MemoryKeySource();
        keys.put(Purpose.CURSOR, key("old"));
        Seal running = seal(keys);
        keys.put(Purpose.CURSOR, key("new"));
        String elsewhere = seal(keys).seal(Use.CURSOR, ALICE, "payload", HOUR);

        assertThat(running.open(Use.CURSOR, ALICE, elsewhere)).isEqualTo(new Opened.Valid("payload"));
        assertThat(running.seal(Use.CURSOR, ALICE, "payload", HOUR)).startsWith("new.");
    }

    @Test
    void a_value_under_a_key_that_is_gone_or_of_another_purpose_is_invalid() {
        NamedKey key = key("k1");
        String token =
                seal(new FixedKeySource(Map.of(Purpose.CURSOR, List.of(key)))).seal(Use.CURSOR, ALICE, "payload", HOUR);
        Seal without =
                seal(new FixedKeySource(Map.of(Purpose.CURSOR, List.of(key("k2")), Purpose.PEPPER, List.of(key))));

        assertThat(without.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Invalid());
    }

    @Test
    void the_same_secret_under_another_name_does_not_open() {
        NamedKey key = key("k1");
        Seal both = seal(new FixedKeySource(Map.of(Purpose.CURSOR, List.of(key, new NamedKey("k2", key.key())))));
        String token = both.seal(Use.CURSOR, ALICE, "payload", HOUR);
        String renamed = (token.startsWith("k1") ? "k2" : "k1") + token.substring(2);

        assertThat(both.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Valid("payload"));
        assertThat(both.open(Use.CURSOR, ALICE, renamed)).isEqualTo(new Opened.Invalid());
    }

    @Test
    void made_up_key_ids_do_not_keep_the_source_busy() {
        AtomicInteger lookUps = new AtomicInteger();
        FixedKeySource keys = FixedKeySource.random();
        Seal counted = seal(new KeySource() {
            @Override
            public Optional<NamedKey> current(Purpose purpose) {
                return keys.current(purpose);
            }

            @Override
            public Optional<NamedKey> find(Purpose purpose, String id) {
                lookUps.incrementAndGet();
                return keys.find(purpose, id);
            }
        });
        String token = counted.seal(Use.CURSOR, ALICE, "payload", HOUR);
        String body = token.substring(token.indexOf('.'));

        for (int i = 0; i < 500; i++) {
            assertThat(counted.open(Use.CURSOR, ALICE, "made-up-" + i + body)).isEqualTo(new Opened.Invalid());
        }
        assertThat(lookUps).hasValue(1);
        clock.advance(Duration.ofMillis(100));
        assertThat(counted.open(Use.CURSOR, ALICE, "made-up" + body)).isEqualTo(new Opened.Invalid());
        assertThat(counted.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Valid("payload"));
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void a_key_that_cannot_be_looked_up_is_not_taken_for_one_that_is_not_there() {
        FixedKeySource keys = FixedKeySource.random();
        Seal running = seal(keys);
        String token = running.seal(Use.CURSOR, ALICE, "payload", HOUR);
        keys.failing(true);

        assertThat(running.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Valid("payload"));
        assertThatThrownBy(() -> running.open(Use.CURSOR, ALICE, "other" + token.substring(token.indexOf('.'))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void without_a_key_each_process_has_its_own() {
        Seal one = seal(new MemoryKeySource());
        Seal other = seal(new MemoryKeySource());
        String token = one.seal(Use.CURSOR, ALICE, "payload", HOUR);

        assertThat(token).startsWith("process-");
        assertThat(one.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Valid("payload"));
        assertThat(other.open(Use.CURSOR, ALICE, token)).isEqualTo(new Opened.Invalid());
    }
}
