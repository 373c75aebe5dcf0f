package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.door.Outcome;
import io.mcpguard.core.guard.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of one exchange, once, and the status that it was recorded with. */
final class Recorded {

    private static final String PROPERTY = Recorded.class.getName();

    private final Outcome outcome;
    private final BooleanSupplier released;
    private @Nullable ContainerResponseContext response;
    private boolean begun;
    private boolean ended;
    private int status;

    private Recorded(Outcome outcome, BooleanSupplier released) {
        this.outcome = outcome;
        this.released = released;
    }

    /** Has an exchange recorded, unless somebody else has taken that over by the time its answer leaves. */
    static void set(ContainerRequestContext request, Outcome outcome, BooleanSupplier released) {
        request.setProperty(PROPERTY, new Recorded(outcome, released));
    }

    static Optional<Recorded> of(@Nullable Object property) {
        return property instanceof Recorded recorded ? Optional.of(recorded) : Optional.empty();
    }

    static String property() {
        return PROPERTY;
    }

    synchronized void answeredBy(ContainerResponseContext answer) {
        response = answer;
        if (ended) {
            // A writer has failed and a mapper answers instead: the answer keeps to the record.
            answer.setStatus(status);
        }
    }

    /** Nothing is left to record: the answer leaves as it is made. */
    synchronized boolean isOver() {
        return ended || released.getAsBoolean();
    }

    /** Called before anything of an answer leaves that goes on being produced. */
    synchronized Optional<Refusal> started() {
        return begun ? Optional.empty() : replacing(outcome.started(current()));
    }

    /** Called before a resource runs whose answer will go on where nobody can hold it back. */
    synchronized Optional<Refusal> startsWith(int with) {
        Optional<Refusal> refusal = outcome.started(with);
        begun = refusal.isEmpty();
        if (refusal.isPresent()) {
            end(refusal.get().reason().httpStatus(), 0);
        }
        return refusal;
    }

    /** Called before the answer leaves, or when all of a longer one has. */
    synchronized Optional<Refusal> ended(long bytes) {
        return ended ? Optional.empty() : replacing(end(current(), bytes));
    }

    /**
     * Called before an answer leaves whose end nobody here will see. What has begun on record is not held back: the outcome
     * keeper has logged a record that is missing.
     */
    synchronized Optional<Refusal> unfollowed() {
        if (ended) {
            return Optional.empty();
        }
        ended = true;
        status = current();
        Optional<Refusal> refusal = outcome.unfollowed(status);
        return begun ? Optional.empty() : replacing(refusal);
    }

    synchronized void failed(int with, long bytes) {
        if (!ended) {
            end(with, bytes);
        }
    }

    private Optional<Refusal> end(int with, long bytes) {
        ended = true;
        status = with;
        return outcome.ended(with, bytes);
    }

    private Optional<Refusal> replacing(Optional<Refusal> refusal) {
        ContainerResponseContext answer = response;
        refusal.ifPresent(said -> {
            status = said.reason().httpStatus();
            if (answer != null) {
                answer.setStatus(status);
                answer.getHeaders().clear();
                answer.getHeaders().putSingle("Content-Type", Refusal.PROBLEM_TYPE);
                answer.getHeaders().putSingle("Cache-Control", "no-store");
            }
        });
        return refusal;
    }

    private int current() {
        ContainerResponseContext answer = response;
        return answer == null ? 500 : answer.getStatus();
    }
}
