package io.mcpguard.core.limit;

import java.util.Arrays;

/**
 * The last admissions of one window, oldest first.
 *
 * <p>A slot holds a time and how many permits were taken by then. Up to {@code slots} permits every time has a slot of its
 * own and the window is exact to the nanosecond. Above, permits taken within one part in {@code slots} of the period share a
 * slot that carries the time of its youngest: the bound stays exact, a permit comes free that little later, and memory stays
 * at 12 bytes times {@code slots} for however large a limit.
 *
 * <p>As many slots as the limit has permits are kept although they have left the window, so that a period that becomes
 * longer finds them. What is beyond memory then is taken to be as much as it may have been.
 *
 * <p>Not safe for use by several threads; whoever owns it holds a lock.
 */
final class AdmissionRing {

    static final int SLOTS = 10_000;

    private final int slots;
    private int permits;
    private long period;
    private long resolution;

    private long[] times;
    private int[] counts;
    private int head;
    private int size;
    /** How many of the oldest slots have left the window. */
    private int left;
    /** Permits in the window. */
    private long held;
    /** When the youngest slot was begun; its time may be later. */
    private long youngestBegun;

    private boolean forgotSome;
    private long forgottenUntil;

    /** The latest time seen: a clock that goes back stands still here, so that nothing grows old by it. */
    private long now;

    AdmissionRing(int permits, long periodNanos, long now) {
        this(permits, periodNanos, now, SLOTS);
    }

    AdmissionRing(int permits, long periodNanos, long now, int slots) {
        this.slots = slots;
        this.permits = permits;
        this.period = periodNanos;
        this.resolution = resolutionOf(permits, periodNanos);
        this.now = now;
        this.times = new long[Math.min(4, kept())];
        this.counts = new int[times.length];
    }

    /** Moves to a reading of the clock. Everything else is about the time moved to last. */
    void moveTo(long reading) {
        if (reading - now > 0) {
            now = reading;
        }
        while (left < size && now - times[index(left)] >= period) {
            held -= counts[index(left)];
            left++;
        }
    }

    /** Permits that can be taken now. */
    int free() {
        return (int) Math.max(0, permits - held);
    }

    /** Nanoseconds until so many permits can be taken; a whole period when that many never can. */
    long waitFor(int wanted) {
        long over = held + wanted - permits;
        if (over <= 0) {
            return 0;
        }
        for (int i = left; i < size; i++) {
            over -= counts[index(i)];
            if (over <= 0) {
                return period - (now - times[index(i)]);
            }
        }
        return period;
    }

    /** Takes permits that are free. */
    void take(int wanted) {
        int youngest = size == 0 ? 0 : index(size - 1);
        if (left < size && (times[youngest] == now || now - youngestBegun < resolution)) {
            times[youngest] = now;
            counts[youngest] += wanted;
        } else {
            makeRoom();
            times[index(size)] = now;
            counts[index(size)] = wanted;
            size++;
            youngestBegun = now;
        }
        held += wanted;
    }

    /** Changes the limit; what was taken stays taken. */
    void change(int newPermits, long newPeriod) {
        if (newPermits == permits && newPeriod == period) {
            return;
        }
        permits = newPermits;
        period = newPeriod;
        resolution = resolutionOf(newPermits, newPeriod);
        left = 0;
        held = 0;
        for (int i = 0; i < size; i++) {
            held += counts[index(i)];
        }
        moveTo(now);
        if (forgotSome && now - forgottenUntil < period && held < permits) {
            addOldest(forgottenUntil, (int) (permits - held));
        }
        shrink();
    }

    int permits() {
        return permits;
    }

    long period() {
        return period;
    }

    /** Says whether the window is empty. */
    boolean empty() {
        return held == 0;
    }

    /** Slots in memory, used or not. */
    int capacity() {
        return times.length;
    }

    private long resolutionOf(int ofPermits, long ofPeriod) {
        return ofPermits <= slots ? 0 : (ofPeriod + slots - 1) / slots;
    }

    private int kept() {
        return Math.min(permits, slots + 2);
    }

    private int index(int age) {
        return (head + age) % times.length;
    }

    private void makeRoom() {
        if (size < times.length) {
            return;
        }
        if (size >= kept() && left > 0) {
            forgetOldest();
        } else {
            resize(size < kept() ? Math.min(kept(), size * 2) : size + size / 2 + 1);
        }
    }

    private void forgetOldest() {
        forgotSome = true;
        forgottenUntil = times[head];
        head = index(1);
        size--;
        left--;
    }

    private void addOldest(long time, int count) {
        if (size == times.length) {
            resize(size + size / 2 + 1);
        }
        head = (head + times.length - 1) % times.length;
        times[head] = time;
        counts[head] = count;
        size++;
        held += count;
        if (size == 1) {
            youngestBegun = time;
        }
    }

    private void shrink() {
        while (size > kept() && left > 0) {
            forgetOldest();
        }
        int needed = Math.max(size, Math.min(4, kept()));
        if (times.length > 4 * needed) {
            resize(needed);
        }
    }

    private void resize(int length) {
        long[] newTimes = new long[length];
        int[] newCounts = new int[length];
        int untilEnd = Math.min(size, times.length - head);
        System.arraycopy(times, head, newTimes, 0, untilEnd);
        System.arraycopy(times, 0, newTimes, untilEnd, size - untilEnd);
        System.arraycopy(counts, head, newCounts, 0, untilEnd);
        System.arraycopy(counts, 0, newCounts, untilEnd, size - untilEnd);
        times = newTimes;
        counts = newCounts;
        head = 0;
    }

    /** For a debugger: the times in the window relative to now. */
    @Override
    public String toString() {
        long[] ages = new long[size - left];
        Arrays.setAll(ages, i -> now - times[index(left + i)]);
        return "AdmissionRing" + Arrays.toString(ages);
    }
}
