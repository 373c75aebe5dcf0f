package io.mcpguard.servlet.rest;

import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.decision.Caller;
import io.mcpguard.servlet.exchange.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One REST request on its way through the service, from the first filter to the end of its answer.
 *
 * @since 0.1
 */
public final class RestExchange implements Outcome {

    private static final String ATTRIBUTE = RestExchange.class.getName();

    private final Guard guard;
    private final RequestFacts facts;
    private final boolean presentsProfile;
    private final boolean recordsAll;
    private final String method;
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile @Nullable GuardedCall call;
    private volatile boolean decided;
    private volatile Optional<byte[]> body = Optional.empty();

    RestExchange(Guard guard, RequestFacts facts, boolean presentsProfile, boolean recordsAll) {
        this.guard = guard;
        this.facts = facts;
        this.presentsProfile = presentsProfile;
        this.recordsAll = recordsAll;
        this.method = facts.method();
    }

    static Optional<RestExchange> of(HttpServletRequest request) {
        return Optional.ofNullable((RestExchange) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    RequestFacts facts() {
        return facts;
    }

    boolean presentsProfile() {
        return presentsProfile;
    }

    /** The method the request came in with; a filter of the service may show another one further in. */
    String method() {
        return method;
    }

    Optional<GuardedCall> call() {
        return Optional.ofNullable(call);
    }

    boolean decided() {
        return decided;
    }

    /** The body, when the guard has read it ahead of the service. */
    Optional<byte[]> body() {
        return body;
    }

    void readAhead(Optional<byte[]> bytes) {
        body = bytes;
    }

    void identifiedAs(Caller known) {
        caller = Optional.of(known);
    }

    /** The guard has let the request through or refused it; the record of that stands. */
    void decide(@Nullable GuardedCall opened) {
        call = opened;
        decided = true;
    }

    @Override
    public Optional<Refusal> started(int status) {
        GuardedCall open = call;
        return open == null ? Optional.empty() : open.started(status);
    }

    @Override
    public Optional<Refusal> ended(int status, long bytesOut) {
        GuardedCall open = call;
        if (open != null) {
            call = null;
            return open.end(status, bytesOut);
        }
        if (decided) {
            return Optional.empty();
        }
        if (presentsProfile && status >= 300) {
            return guard.refusedByService(facts, caller, status);
        }
        return presentsProfile || recordsAll ? guard.unguarded(facts, status, bytesOut) : Optional.empty();
    }
}
