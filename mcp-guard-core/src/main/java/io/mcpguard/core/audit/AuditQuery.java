package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which events somebody wants to see; each method narrows it and gives a new query. Immutable.
 *
 * @since 0.1
 */
public final class AuditQuery implements Predicate<AuditEvent> {

    private final Predicate<AuditEvent> filter;

    private AuditQuery(Predicate<AuditEvent> filter) {
        this.filter = filter;
    }

    /**
     * Starts with all events.
     *
     * @return the query that every event answers
     */
    public static AuditQuery everything() {
        return new AuditQuery(event -> true);
    }

    /**
     * Leaves out what happened before.
     *
     * @param from the first instant wanted
     * @return a narrower query
     */
    public AuditQuery from(Instant from) {
        return narrowed(event -> !event.time().isBefore(from));
    }

    /**
     * Leaves out what happened then or later.
     *
     * @param to the first instant not wanted
     * @return a narrower query
     */
    public AuditQuery to(Instant to) {
        return narrowed(event -> event.time().isBefore(to));
    }

    /**
     * Keeps the calls of one client.
     *
     * @param clientId id of the client
     * @return a narrower query
     */
    public AuditQuery client(String clientId) {
        return narrowed(event -> event.caller().clientId().equals(clientId));
    }

    /**
     * Keeps the calls under one profile.
     *
     * @param profileId id of the profile
     * @return a narrower query
     */
    public AuditQuery profile(String profileId) {
        return narrowed(event -> event.caller().profileId().equals(profileId));
    }

    /**
     * Keeps the calls of one operation, over MCP and REST.
     *
     * @param operationId id of the operation, or name of a listing tool
     * @return a narrower query
     */
    public AuditQuery operation(String operationId) {
        return narrowed(event -> event.target().operationId().equals(operationId));
    }

    /**
     * Keeps the calls of one principal.
     *
     * @param principal the principal's name in the service's terms
     * @return a narrower query
     */
    public AuditQuery principal(String principal) {
        return narrowed(
                event -> event.caller().principal().filter(principal::equals).isPresent());
    }

    /**
     * Keeps what was let through, or what was refused.
     *
     * @param allowed true for what was let through
     * @return a narrower query
     */
    public AuditQuery allowed(boolean allowed) {
        return narrowed(event -> event.verdict().allowed() == allowed);
    }

    /**
     * Keeps the records of one stage.
     *
     * @param stage the stage
     * @return a narrower query
     */
    public AuditQuery stage(Stage stage) {
        return narrowed(event -> event.stage() == stage);
    }

    /**
     * Keeps the records of one call.
     *
     * @param callId id of the call, as the caller was told it
     * @return a narrower query
     */
    public AuditQuery call(UUID callId) {
        return narrowed(event -> event.callId().equals(callId));
    }

    /**
     * Keeps the calls that passed a value, as far as the trail tells: in clear or by its hash.
     *
     * @param pointer JSON Pointer of the argument, as records name it
     * @param kept what stands in the record for the value
     * @return a narrower query
     */
    public AuditQuery argument(String pointer, String kept) {
        return narrowed(event -> kept.equals(event.arguments().get(pointer)));
    }

    @Override
    public boolean test(AuditEvent event) {
        return filter.test(event);
    }

    private AuditQuery narrowed(Predicate<AuditEvent> further) {
        return new AuditQuery(filter.and(further));
    }
}
