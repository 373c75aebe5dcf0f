package io.mcpguard.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a limiter has admitted, to count how much any window held.
 *
 * <p>Under threads nobody can say when exactly a permit was taken, only that it was between asking and having the answer.
 * Both readings are kept, and only those admissions count as one window's that certainly lay in it: what is reported over a
 * limit is a fault and not a measuring error.
 *
 * @since 0.1
 */
public final class Admissions {

    private final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();

    /** Starts with none. */
    public Admissions() {}

    /**
     * Adds an admission of which the time is known.
     *
     * @param nanos when it was
     */
    public void at(long nanos) {
        between(nanos, nanos);
    }

    /**
     * Adds an admission.
     *
     * @param asked ticker before the limiter was asked
     * @param answered ticker after it had answered
     */
    public void between(long asked, long answered) {
        spans.add(new Span(asked, answered));
    }

    /**
     * Counts all of them.
     *
     * @return how many were added
     */
    public int total() {
        return spans.size();
    }

    /**
     * Looks at every window of a length, wherever it starts, and counts the fullest.
     *
     * @param length length of the windows; one that starts with an admission ends before another exactly this much later
     * @return the most admissions that certainly lay in one window
     */
    public int mostInAny(Duration length) {
        List<Span> ordered = new ArrayList<>(spans);
        ordered.sort(Comparator.comparingLong(Span::asked));
        int most = 0;
        for (int first = 0; first < ordered.size(); first++) {
            long start = ordered.get(first).asked();
            int held = 0;
            for (int i = first; i < ordered.size() && ordered.get(i).asked() - start < length.toNanos(); i++) {
                held += ordered.get(i).answered() - start < length.toNanos() ? 1 : 0;
            }
            most = Math.max(most, held);
        }
        return most;
    }

    private record Span(long asked, long answered) {}
}
