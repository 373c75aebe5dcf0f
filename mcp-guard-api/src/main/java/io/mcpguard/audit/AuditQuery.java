package io.mcpguard.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see. Every criterion has to hold; one that is not set holds for all. Each method that sets one
 * returns a new query, in which it replaces what was set before. Immutable.
 *
 * <p>{@link #test(AuditEvent)} is what a query means. Whoever keeps events in a database may narrow down there by the criteria
 * that it has indexes for, and leaves the rest to that method.
 *
 * @since 0.1
 */
public final class AuditQuery implements Predicate<AuditEvent> {

    private static final AuditQuery EVERYTHING = new AuditQuery(new Criteria());

    private final Criteria criteria;

    private AuditQuery(Criteria criteria) {
        this.criteria = criteria;
    }

    /** Only ever changed before a query has it. */
    private static final class Criteria {
        private @Nullable Instant from;
        private @Nullable Instant to;
        private @Nullable String clientId;
        private @Nullable String profileId;
        private @Nullable String operationId;
        private @Nullable String principal;
        private @Nullable Boolean allowed;
        private @Nullable Stage stage;
        private @Nullable Channel channel;
        private @Nullable UUID callId;
        private @Nullable Integer lowestStatus;
        private @Nullable Integer highestStatus;
        private @Nullable String text;
        private Map<String, String> arguments = Map.of();

        Criteria copy() {
            Criteria copy = new Criteria();
            copy.from = from;
            copy.to = to;
            copy.clientId = clientId;
            copy.profileId = profileId;
            copy.operationId = operationId;
            copy.principal = principal;
            copy.allowed = allowed;
            copy.stage = stage;
            copy.channel = channel;
            copy.callId = callId;
            copy.lowestStatus = lowestStatus;
            copy.highestStatus = highestStatus;
            copy.text = text;
            copy.arguments = arguments;
            return copy;
        }
    }

    /**
     * Starts with all events.
     *
     * @return the query that every event answers
     */
    public static AuditQuery everything() {
        return EVERYTHING;
    }

    /**
     * Leaves out what happened before.
     *
     * @param from the first instant wanted
     * @return a query with that
     */
    public AuditQuery from(Instant from) {
        Criteria next = criteria.copy();
        next.from = Objects.requireNonNull(from, "from");
        return new AuditQuery(next);
    }

    /**
     * Leaves out what happened then or later.
     *
     * @param to the first instant not wanted
     * @return a query with that
     */
    public AuditQuery to(Instant to) {
        Criteria next = criteria.copy();
        next.to = Objects.requireNonNull(to, "to");
        return new AuditQuery(next);
    }

    /**
     * Keeps the calls of one client.
     *
     * @param clientId id of the client
     * @return a query with that
     */
    public AuditQuery client(String clientId) {
        Criteria next = criteria.copy();
        next.clientId = Objects.requireNonNull(clientId, "clientId");
        return new AuditQuery(next);
    }

    /**
     * Keeps the calls under one profile.
     *
     * @param profileId id of the profile
     * @return a query with that
     */
    public AuditQuery profile(String profileId) {
        Criteria next = criteria.copy();
        next.profileId = Objects.requireNonNull(profileId, "profileId");
        return new AuditQuery(next);
    }

    /**
     * Keeps the calls of one operation, over MCP and REST.
     *
     * @param operationId id of the operation, or name of a listing tool
     * @return a query with that
     */
    public AuditQuery operation(String operationId) {
        Criteria next = criteria.copy();
        next.operationId = Objects.requireNonNull(operationId, "operationId");
        return new AuditQuery(next);
    }

    /**
     * Keeps the calls of one principal.
     *
     * @param principal the principal's name in the service's terms
     * @return a query with that
     */
    public AuditQuery principal(String principal) {
        Criteria next = criteria.copy();
        next.principal = Objects.requireNonNull(principal, "principal");
        return new AuditQuery(next);
    }

    /**
     * Keeps what was let through, or what was refused.
     *
     * @param allowed true for what was let through
     * @return a query with that
     */
    public AuditQuery allowed(boolean allowed) {
        Criteria next = criteria.copy();
        next.allowed = allowed;
        return new AuditQuery(next);
    }

    /**
     * Keeps the records of one stage.
     *
     * @param stage the stage
     * @return a query with that
     */
    public AuditQuery stage(Stage stage) {
        Criteria next = criteria.copy();
        next.stage = Objects.requireNonNull(stage, "stage");
        return new AuditQuery(next);
    }

    /**
     * Keeps what came in by one door.
     *
     * @param channel the door
     * @return a query with that
     */
    public AuditQuery channel(Channel channel) {
        Criteria next = criteria.copy();
        next.channel = Objects.requireNonNull(channel, "channel");
        return new AuditQuery(next);
    }

    /**
     * Keeps the records of one call.
     *
     * @param callId id of the call, as the caller was told it
     * @return a query with that
     */
    public AuditQuery call(UUID callId) {
        Criteria next = criteria.copy();
        next.callId = Objects.requireNonNull(callId, "callId");
        return new AuditQuery(next);
    }

    /**
     * Keeps the records with an HTTP status in a range; those without a status are left out.
     *
     * @param lowest the lowest status wanted
     * @param highest the highest status wanted
     * @return a query with that
     * @throws IllegalArgumentException when the range is empty
     */
    public AuditQuery status(int lowest, int highest) {
        if (lowest > highest) {
            throw new IllegalArgumentException("a range of statuses has the lowest first");
        }
        Criteria next = criteria.copy();
        next.lowestStatus = lowest;
        next.highestStatus = highest;
        return new AuditQuery(next);
    }

    /**
     * Keeps the calls that passed a value, as far as the trail tells: in clear or by its hash. Several arguments all have to be
     * there.
     *
     * @param pointer JSON Pointer of the argument, as records name it
     * @param kept what stands in the record for the value
     * @return a query with that beside the arguments it had
     */
    public AuditQuery argument(String pointer, String kept) {
        Criteria next = criteria.copy();
        Map<String, String> arguments = new LinkedHashMap<>(criteria.arguments);
        arguments.put(Objects.requireNonNull(pointer, "pointer"), Objects.requireNonNull(kept, "kept"));
        next.arguments = Collections.unmodifiableMap(arguments);
        return new AuditQuery(next);
    }

    /**
     * Keeps the records that have a text anywhere in what was called, who called, from where, why it was decided so, or what is
     * kept of its arguments. Capitals do not matter.
     *
     * @param text the text
     * @return a query with that
     */
    public AuditQuery text(String text) {
        Criteria next = criteria.copy();
        next.text = text.toLowerCase(Locale.ROOT);
        return new AuditQuery(next);
    }

    /**
     * Returns what {@link #from(Instant)} has set.
     *
     * @return the first instant wanted
     */
    public Optional<Instant> from() {
        return Optional.ofNullable(criteria.from);
    }

    /**
     * Returns what {@link #to(Instant)} has set.
     *
     * @return the first instant not wanted
     */
    public Optional<Instant> to() {
        return Optional.ofNullable(criteria.to);
    }

    /**
     * Returns what {@link #client(String)} has set.
     *
     * @return id of the client
     */
    public Optional<String> client() {
        return Optional.ofNullable(criteria.clientId);
    }

    /**
     * Returns what {@link #profile(String)} has set.
     *
     * @return id of the profile
     */
    public Optional<String> profile() {
        return Optional.ofNullable(criteria.profileId);
    }

    /**
     * Returns what {@link #operation(String)} has set.
     *
     * @return id of the operation
     */
    public Optional<String> operation() {
        return Optional.ofNullable(criteria.operationId);
    }

    /**
     * Returns what {@link #principal(String)} has set.
     *
     * @return the principal's name
     */
    public Optional<String> principal() {
        return Optional.ofNullable(criteria.principal);
    }

    /**
     * Returns what {@link #allowed(boolean)} has set.
     *
     * @return true for what was let through
     */
    public Optional<Boolean> allowed() {
        return Optional.ofNullable(criteria.allowed);
    }

    /**
     * Returns what {@link #stage(Stage)} has set.
     *
     * @return the stage
     */
    public Optional<Stage> stage() {
        return Optional.ofNullable(criteria.stage);
    }

    /**
     * Returns what {@link #channel(Channel)} has set.
     *
     * @return the door
     */
    public Optional<Channel> channel() {
        return Optional.ofNullable(criteria.channel);
    }

    /**
     * Returns what {@link #call(UUID)} has set.
     *
     * @return id of the call
     */
    public Optional<UUID> call() {
        return Optional.ofNullable(criteria.callId);
    }

    /**
     * Returns what {@link #status(int, int)} has set.
     *
     * @return the lowest status wanted
     */
    public OptionalInt lowestStatus() {
        return criteria.lowestStatus == null ? OptionalInt.empty() : OptionalInt.of(criteria.lowestStatus);
    }

    /**
     * Returns what {@link #status(int, int)} has set.
     *
     * @return the highest status wanted
     */
    public OptionalInt highestStatus() {
        return criteria.highestStatus == null ? OptionalInt.empty() : OptionalInt.of(criteria.highestStatus);
    }

    /**
     * Returns what {@link #argument(String, String)} has set.
     *
     * @return what has to be kept, by the JSON Pointer of the argument
     */
    public Map<String, String> arguments() {
        return criteria.arguments;
    }

    /**
     * Returns what {@link #text(String)} has set.
     *
     * @return the text, in lower case
     */
    public Optional<String> text() {
        return Optional.ofNullable(criteria.text);
    }

    @Override
    public boolean test(AuditEvent event) {
        Criteria wanted = criteria;
        return (wanted.from == null || !event.time().isBefore(wanted.from))
                && (wanted.to == null || event.time().isBefore(wanted.to))
                && is(wanted.clientId, event.caller().clientId())
                && is(wanted.profileId, event.caller().profileId())
                && is(wanted.operationId, event.target().operationId())
                && is(wanted.principal, event.caller().principal().orElse(null))
                && is(wanted.allowed, event.verdict().allowed())
                && is(wanted.stage, event.stage())
                && is(wanted.channel, event.channel())
                && is(wanted.callId, event.callId())
                && hasStatus(event)
                && event.arguments().entrySet().containsAll(wanted.arguments.entrySet())
                && (wanted.text == null || texts(event).anyMatch(this::contains));
    }

    private static boolean is(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }

    private boolean hasStatus(AuditEvent event) {
        if (criteria.lowestStatus == null || criteria.highestStatus == null) {
            return true;
        }
        OptionalInt status = event.result().httpStatus();
        return status.isPresent()
                && status.getAsInt() >= criteria.lowestStatus
                && status.getAsInt() <= criteria.highestStatus;
    }

    private boolean contains(String found) {
        return found.toLowerCase(Locale.ROOT).contains(Objects.requireNonNull(criteria.text));
    }

    private static Stream<String> texts(AuditEvent event) {
        AuditCaller caller = event.caller();
        AuditSource source = event.source();
        Stream<String> always = Stream.of(
                event.method(),
                event.target().operationId(),
                event.target().template(),
                caller.clientId(),
                caller.profileId(),
                event.verdict().reason(),
                event.verdict().detail(),
                source.address());
        Stream<String> sometimes = Stream.of(
                        caller.principal(),
                        caller.credentialId(),
                        source.userAgent(),
                        source.clientInfo(),
                        source.rpcId(),
                        source.traceparent())
                .flatMap(Optional::stream);
        Stream<String> arguments = event.arguments().entrySet().stream()
                .flatMap(argument -> Stream.of(argument.getKey(), argument.getValue()));
        return Stream.of(always, sometimes, arguments).flatMap(texts -> texts);
    }
}
