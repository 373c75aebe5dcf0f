package io.mcpguard.cli.report;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a time by client and operation, from the records of how they ended. Holds a line for each pair of the two, whatever the
 * number of calls.
 *
 * @since 0.1
 */
public final class CallReport {

    /** Stands for all that there was no line left for. */
    static final String OTHERS = "(others)";

    private static final int MOST_LINES = 5_000;

    private final String place;
    private final AuditQuery query;
    private final ZoneId zone;
    private final Instant made;
    private final Map<Key, CallTally> tallies = new HashMap<>();
    private final Timeline timeline;
    private @Nullable Instant first;
    private @Nullable Instant last;

    private record Key(String client, String operation) {}

    /**
     * The calls of one client to one operation.
     *
     * @param client id of the client
     * @param operation id of the operation
     * @param tally what became of them
     */
    record Line(String client, String operation, CallTally tally) {}

    /**
     * The calls of one client.
     *
     * @param id the client
     * @param total all of its calls
     * @param lines by operation, the busiest first
     */
    record Client(String id, CallTally total, List<Line> lines) {}

    /**
     * Starts to count.
     *
     * @param place where the records come from, as it may be shown
     * @param query which records those are
     * @param zone for the times that are shown
     * @param made now
     */
    public CallReport(String place, AuditQuery query, ZoneId zone, Instant made) {
        this.place = place;
        this.query = query;
        this.zone = zone;
        this.made = made;
        this.timeline = new Timeline(zone, query.from().or(query::to).orElse(made));
        query.from().ifPresent(timeline::cover);
        query.to().filter(to -> query.from().isPresent()).ifPresent(to -> timeline.cover(to.minusNanos(1)));
    }

    /**
     * Takes a record. Only the one that says how a call ended counts: a call that is still running, or was when the time ended, is not
     * in the report.
     *
     * @param event any record
     */
    public void take(AuditEvent event) {
        boolean denied = isDenied(event);
        if (!denied
                && event.stage() != Stage.OUTCOME
                && event.stage() != Stage.ORPHANED
                && event.stage() != Stage.PANIC) {
            return;
        }
        Key key = new Key(event.caller().clientId(), event.target().operationId());
        CallTally tally = tallies.get(key);
        if (tally == null) {
            key = tallies.size() < MOST_LINES ? key : new Key(OTHERS, OTHERS);
            tally = tallies.computeIfAbsent(key, any -> new CallTally());
        }
        tally.take(event);
        Instant time = event.time();
        timeline.take(time, denied, isError(event), event.verdict().count());
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    static boolean isDenied(AuditEvent event) {
        return event.stage() == Stage.DENIED;
    }

    static boolean isError(AuditEvent event) {
        return event.stage() != Stage.DENIED && event.result().outcome() != AuditResult.Outcome.SUCCESS;
    }

    /**
     * Returns how many calls were counted.
     *
     * @return calls, refused ones included
     */
    public long calls() {
        return total().calls();
    }

    String place() {
        return place;
    }

    AuditQuery query() {
        return query;
    }

    ZoneId zone() {
        return zone;
    }

    Instant made() {
        return made;
    }

    Timeline timeline() {
        return timeline;
    }

    /** The time that was asked for, as far as one was, else that of the first call. */
    Optional<Instant> begin() {
        return query.from().or(() -> Optional.ofNullable(first));
    }

    /** The time that was asked for, as far as one was, else that of the last call. */
    Optional<Instant> end() {
        return query.to().or(() -> Optional.ofNullable(last));
    }

    CallTally total() {
        return sum(tallies.values());
    }

    private static CallTally sum(Iterable<CallTally> tallies) {
        CallTally sum = new CallTally();
        tallies.forEach(sum::add);
        return sum;
    }

    /** The busiest first. */
    List<Client> clients() {
        Map<String, List<Line>> lines = new HashMap<>();
        tallies.forEach((key, tally) -> lines.computeIfAbsent(key.client(), any -> new ArrayList<>())
                .add(new Line(key.client(), key.operation(), tally)));
        List<Client> clients = new ArrayList<>();
        lines.forEach((id, own) -> {
            own.sort(Comparator.comparingLong((Line line) -> line.tally().calls())
                    .reversed()
                    .thenComparing(Line::operation));
            clients.add(new Client(id, sum(own.stream().map(Line::tally).toList()), List.copyOf(own)));
        });
        clients.sort(Comparator.comparingLong((Client client) -> client.total().calls())
                .reversed()
                .thenComparing(Client::id));
        return clients;
    }
}
