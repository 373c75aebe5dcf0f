package io.mcpguard.core.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.KeySource.NamedKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

    /** RFC 4231, test case 1. */
    private static final String EXPECTED = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";

    private final KeyedHash hash = new KeyedHash(new NamedKey("rfc-4231", new SecretKeySpec(key(), "HmacSHA256")));

    private static byte[] key() {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);
        return key;
    }

    private static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void is_hmac_sha_256_under_its_key() {
        assertThat(text(hash.begin().doFinal("Hi There".getBytes(US_ASCII)))).isEqualTo(EXPECTED);
        assertThat(hash.keyId()).isEqualTo("rfc-4231");
    }

    @Test
    void each_start_is_one_of_its_own() {
        Mac left = hash.begin();
        left.update("something else".getBytes(US_ASCII));
        Mac other = hash.begin();
        other.update("Hi ".getBytes(US_ASCII));

        assertThat(text(hash.begin().doFinal("Hi There".getBytes(US_ASCII)))).isEqualTo(EXPECTED);
        assertThat(text(other.doFinal("There".getBytes(US_ASCII)))).isEqualTo(EXPECTED);
        assertThat(text(other.doFinal("Hi There".getBytes(US_ASCII)))).isEqualTo(EXPECTED);
    }

    @Test
    void many_threads_start_at_once() throws InterruptedException {
        Set<String> hashes = Collections.synchronizedSet(new HashSet<>());
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        hashes.add(text(hash.begin().doFinal("Hi There".getBytes(US_ASCII))));
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(hashes).containsExactly(EXPECTED);
    }
}
