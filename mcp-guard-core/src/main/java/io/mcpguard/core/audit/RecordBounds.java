package io.mcpguard.core.audit;

/**
 * What lies between the first and the last of some records, whatever their order.
 *
 * @param earliest microseconds since 1970
 * @param latest microseconds since 1970
 * @param leastCall upper half of the id of a call
 * @param greatestCall upper half of the id of a call
 */
record RecordBounds(long earliest, long latest, long leastCall, long greatestCall) {

    static final RecordBounds NONE = new RecordBounds(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);

    /** The bounds of one record; what cannot be read is without bounds. */
    static RecordBounds of(String record) {
        long time = RecordText.timeMicros(record);
        long call = RecordText.callIdHigh(record);
        boolean timed = time != RecordText.UNKNOWN;
        boolean called = call != RecordText.UNKNOWN;
        return new RecordBounds(
                timed ? time : Long.MIN_VALUE,
                timed ? time : Long.MAX_VALUE,
                called ? call : Long.MIN_VALUE,
                called ? call : Long.MAX_VALUE);
    }

    RecordBounds and(RecordBounds other) {
        return new RecordBounds(
                Math.min(earliest, other.earliest),
                Math.max(latest, other.latest),
                Math.min(leastCall, other.leastCall),
                Math.max(greatestCall, other.greatestCall));
    }
}
