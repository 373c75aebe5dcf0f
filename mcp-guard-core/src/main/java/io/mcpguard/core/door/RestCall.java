package io.mcpguard.core.door;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.core.guard.Opening;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One REST request on its way through the service, from the guard's first filter to the end of its answer.
 *
 * @since 0.1
 */
public final class RestCall implements Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);

    private final Guard guard;
    private final Catalog catalog;
    private final RestArguments arguments;
    private final RequestFacts facts;
    private final boolean presentsProfile;
    private final boolean recordsAll;
    private final String method;
    private final String path;
    private final Optional<PublishedOperation> meant;
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile @Nullable GuardedCall call;
    private volatile boolean decided;
    private volatile Optional<Recognition> recognition = Optional.empty();
    private volatile Optional<byte[]> body = Optional.empty();

    /**
     * Takes a request in.
     *
     * @param guard decides and records
     * @param catalog what the service publishes
     * @param arguments masks what the trail keeps
     * @param facts what is known of the request; its target is found here
     * @param path its percent-encoded path
     * @param presentsProfile whether it is the guard's to decide
     * @param recordsAll whether it leaves a record in any case
     */
    public RestCall(
            Guard guard,
            Catalog catalog,
            RestArguments arguments,
            RequestFacts facts,
            String path,
            boolean presentsProfile,
            boolean recordsAll) {
        this.guard = guard;
        this.catalog = catalog;
        this.arguments = arguments;
        this.path = path;
        this.meant = catalog.match(facts.method(), path);
        this.facts = meant.map(operation -> facts.withTarget(GuardedCall.targetOf(operation)))
                .orElse(facts);
        this.presentsProfile = presentsProfile;
        this.recordsAll = recordsAll;
        this.method = facts.method();
    }

    /**
     * Asks the guard's own verifiers, once, before anything of the service runs.
     *
     * @return true when the credential is theirs to judge: then {@link #admit} decides, and the service must not see it
     */
    public boolean isGuards() {
        Recognition known = guard.recognize(facts);
        recognition = Optional.of(known);
        return known.isGuards();
    }

    /**
     * Returns the call that was let in.
     *
     * @return the call until it has ended, empty when there is none
     */
    public Optional<GuardedCall> call() {
        return Optional.ofNullable(call);
    }

    /**
     * Returns the body, when the guard has read it ahead of the service.
     *
     * @return the bytes, not copied
     */
    public Optional<byte[]> body() {
        return body;
    }

    /**
     * Says whether the guard has let the request through or refused it.
     *
     * @return false as long as only the service's own security can tell who calls
     */
    public boolean decided() {
        return decided;
    }

    /**
     * Decides at the gate behind the service's authentication, unless the first filter has.
     *
     * @param host what the service's own security has established, asked for only where it counts
     * @param request the request as it stands now
     * @return empty when the request may go on, else what to answer
     * @throws IOException when the caller went away
     */
    public Optional<Refusal> pass(Supplier<AuthContext> host, RestRequest request) throws IOException {
        if (call != null && !method.equals(request.method())) {
            return diverted("method-rewritten-by-service");
        }
        return decided || !presentsProfile ? Optional.empty() : admit(host.get(), request);
    }

    /**
     * Ends a call that a filter of the service has turned into another operation than the one decided on.
     *
     * @param detail what it has changed, for the record
     * @return what to answer; empty when no call has been let in
     */
    public Optional<Refusal> diverted(String detail) {
        GuardedCall open = call;
        decide(null);
        return open == null ? Optional.empty() : Optional.of(open.failed(Reason.OPERATION_NOT_AVAILABLE, detail));
    }

    /**
     * Identifies, decides, reserves and records the intent.
     *
     * @param host what the service's own security has established
     * @param request the request
     * @return empty when the request may go on, else what to answer
     * @throws IOException when the caller went away
     */
    public Optional<Refusal> admit(AuthContext host, RestRequest request) throws IOException {
        Identification identification =
                recognition.isPresent() ? guard.identify(facts, recognition.get(), host) : guard.identify(facts, host);
        if (identification instanceof Refusal refusal) {
            return refused(refusal);
        }
        Caller known = ((Identification.Identified) identification).caller();
        caller = Optional.of(known);
        Optional<PublishedOperation> operation = method.equals(request.method()) && path.equals(request.rawPath())
                ? meant
                : catalog.match(request.method(), request.rawPath());
        if (operation.isEmpty()) {
            return refused(
                    guard.refuse(facts, known, new Deny(Reason.OPERATION_NOT_AVAILABLE, "no-operation-matches")));
        }
        if (guard.find(known, operation.get().id()).isEmpty()) {
            return refused(guard.unavailable(facts, known, operation.get().id()));
        }
        if (RestArguments.keepsBodyOf(request)) {
            body = Optional.of(request.readAhead());
        }
        Map<String, String> kept;
        try {
            kept = arguments.masked(operation.get(), request, body, known.profile());
        } catch (RuntimeException e) {
            // Before a permit is taken: nothing would give it back.
            LOG.error("The arguments of a call could not be masked; it is refused", LoggedFault.of(e));
            return refused(guard.refuse(facts, known, new Deny(Reason.GUARD_UNAVAILABLE, "preparation-failed")));
        }
        Opening opening = guard.open(facts, known, operation.get());
        if (opening instanceof Refusal refusal) {
            return refused(refusal);
        }
        GuardedCall opened = (GuardedCall) opening;
        Optional<Refusal> unrecorded = opened.begin(kept, Math.max(0, request.bodyBytes()));
        decide(unrecorded.isPresent() ? null : opened);
        return unrecorded;
    }

    private Optional<Refusal> refused(Refusal refusal) {
        decide(null);
        return Optional.of(refusal);
    }

    /** The guard has let the request through or refused it; the record of that stands. */
    private void decide(@Nullable GuardedCall opened) {
        call = opened;
        decided = true;
    }

    @Override
    public Optional<Refusal> started(int status) {
        GuardedCall open = call;
        return open == null ? Optional.empty() : open.started(status);
    }

    @Override
    public Optional<Refusal> unfollowed(int status) {
        GuardedCall open = call;
        if (open == null) {
            return ended(status, 0);
        }
        call = null;
        return open.unfollowed(status);
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
