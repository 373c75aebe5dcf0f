package io.mcpguard.testkit.contract;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What becomes of audit events while the receiving end of a sink fails in every way it can: each that the guard handed over is
 * kept at the end, those of a chain in their order, and twice only what was handed over twice, if at all.
 *
 * <p>Batches are offered as the guard does it: the same one again until the sink takes it, after a pause; a sink that takes too long
 * is interrupted, and offered the batch again whatever it says. Extend it and say what can go wrong. A sink that does not
 * {@linkplain AuditSink#confirms() confirm} may lose events while something goes wrong, or get a part of a batch there after the
 * next one; nothing else.
 *
 * <p>The receiving end may be one for all tests: each has ids of its own.
 *
 * @since 0.1
 */
public abstract class AuditSinkChaosContract {

    private static final int[] SIZES = {1, 512, 2, 40, 1, 200};

    /**
     * What a transport can do about an event that was handed over twice.
     *
     * @since 0.1
     */
    public enum Duplicates {
        /** The receiving end knows an event by its id. */
        NEVER,
        /** It may be kept as often as it was handed over, since nobody knows what became of a request without an answer. */
        WHEN_OFFERED_AGAIN
    }

    /** For subclasses. */
    protected AuditSinkChaosContract() {}

    /**
     * Makes a sink towards the receiving end that {@link #faults()} plays with. One that has waits of its own should have short
     * ones: well below {@link #patience()}.
     *
     * @return a new sink
     */
    protected abstract AuditSink newSink();

    /**
     * Lists what can go wrong.
     *
     * @return at least one fault
     */
    protected abstract List<SinkFault> faults();

    /**
     * Reads what the receiving end has, from that end.
     *
     * @return the id of each event in the order it is kept, twice for one that is there twice
     */
    protected abstract List<UUID> received();

    /**
     * Says what the transport can do.
     *
     * @return whether an event may be there twice
     */
    protected abstract Duplicates duplicates();

    /**
     * How long a batch may take before the sink is interrupted, in the place of the guard's 5 seconds. A healthy receiver takes 512
     * events in less.
     *
     * @return 2 seconds unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(2);
    }

    /**
     * Says whether events may be lost while something goes wrong. A sink to a service that answers, if only to say that the request
     * looked right, can notice most of it, and then answers false here all the same.
     *
     * @return true for a sink that does not {@linkplain AuditSink#confirms() confirm}, unless overridden
     */
    protected boolean mayLose() {
        try (AuditSink sink = newSink()) {
            return !sink.confirms();
        }
    }

    /**
     * One test a fault: before, during and after it.
     *
     * @return the tests
     */
    @TestFactory
    @DisplayName("AS-2, AS-3 nothing is lost, whatever goes wrong")
    protected Stream<DynamicTest> each_fault() {
        return faults().stream()
                .map(fault -> DynamicTest.dynamicTest("AS-3 nothing is lost when " + fault.name(), () -> {
                    try (SinkOffers offers = new SinkOffers(this::newSink, patience(), mayLose())) {
                        offers.calmly(offers.batch(3));
                        offers.during(fault, offers.batch(200));
                        offers.calmly(offers.batch(2));
                        offers.during(fault, offers.batch(1));
                        offers.calmly(offers.batch(5));
                        offers.check(this::received, duplicates());
                    }
                }));
    }

    @Test
    @DisplayName("AS-3 nothing is lost when one thing after the other goes wrong, over restarts")
    void all_faults_in_turn() {
        Random random = new Random(5);
        try (SinkOffers offers = new SinkOffers(this::newSink, patience(), mayLose())) {
            for (int size : SIZES) {
                List<SinkFault> faults = new ArrayList<>(faults());
                offers.during(faults.get(random.nextInt(faults.size())), offers.batch(size));
                if (random.nextBoolean()) {
                    offers.restart();
                }
                offers.calmly(offers.batch(1 + random.nextInt(20)));
            }
            offers.check(this::received, duplicates());
        }
    }

    @Test
    @DisplayName(
            "AS-3 a batch that is handed over once more after a restart loses nothing, nor brings anything else twice")
    void kept_batch_is_offered_to_the_next_process() {
        try (SinkOffers offers = new SinkOffers(this::newSink, patience(), mayLose())) {
            offers.calmly(offers.batch(4));
            List<AuditEvent> kept = offers.batch(30);
            offers.calmly(kept);
            offers.restart();
            offers.calmly(kept);
            offers.calmly(offers.batch(4));
            offers.check(this::received, duplicates());
        }
    }
}
