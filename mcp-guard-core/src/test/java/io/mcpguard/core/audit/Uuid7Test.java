package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Uuid7Test {

    private final SetClock clock = new SetClock();

    @Test
    void has_version_variant_and_time_where_rfc_9562_puts_them() {
        UUID id = new Uuid7(clock, new Random(1)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }

    @Test
    void grows_within_one_millisecond() {
        Uuid7 ids = new Uuid7(clock, new Random(2));

        List<String> made = texts(ids, 20_000);

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void grows_when_the_clock_goes_back_an_hour() {
        Uuid7 ids = new Uuid7(clock, new Random(3));
        List<String> made = new ArrayList<>(texts(ids, 100));

        clock.move(Duration.ofHours(-1));
        made.addAll(texts(ids, 100));

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void borrows_from_the_next_millisecond_when_one_is_used_up() {
        RandomGenerator largest = () -> -1L;
        Uuid7 ids = new Uuid7(clock, largest);
        String first = ids.next().toString();

        String last = first;
        for (int i = 0; i < 10_000; i++) {
            String next = ids.next().toString();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void uses_no_random_bits_twice_however_many_ids_are_made() {
        AtomicLong drawn = new AtomicLong();
        Uuid7 ids = new Uuid7(clock, () -> drawn.incrementAndGet() << 32);
        Set<Long> steps = new HashSet<>();

        UUID before = ids.next();
        for (int i = 0; i < 1_000; i++) {
            UUID next = ids.next();
            steps.add(next.getLeastSignificantBits() - before.getLeastSignificantBits());
            before = next;
        }

        assertThat(steps).hasSize(1_000).allMatch(step -> step >= 1 && step <= 1L << 32);
    }

    @Test
    void draws_afresh_with_each_millisecond() {
        Uuid7 ids = new Uuid7(clock, new Random(5));
        Set<Long> low = new HashSet<>();
        Set<Long> high = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            clock.move(Duration.ofMillis(1));
            UUID id = ids.next();
            low.add(id.getLeastSignificantBits() >>> 32);
            high.add(id.getMostSignificantBits() & 0xFFF);
        }

        assertThat(low).hasSizeGreaterThan(990);
        assertThat(high).hasSizeGreaterThan(700).allMatch(bits -> bits < 0x800);
    }

    @Test
    void gives_no_id_to_two_threads() throws InterruptedException {
        Uuid7 ids = new Uuid7(clock, new Random(4));
        Set<UUID> made = Collections.synchronizedSet(new HashSet<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 5_000; n++) {
                    made.add(ids.next());
                }
            }));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(40_000);
    }

    private static List<String> texts(Uuid7 ids, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(ids.next().toString());
        }
        return texts;
    }
}
