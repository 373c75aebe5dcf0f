package io.mcpguard.servlet.selfcheck;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same requests over loopback and by re-entry and compares what they meet.
 *
 * <p>The probes are anonymous GET requests. The service's own security answers them, or else the guard does behind it: a
 * handler of the service never runs, so that the check has no effects.
 *
 * @since 0.1
 */
public final class SelfCheck {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_PATHS = 12;

    /** Spellings that containers and firewalls treat in a way of their own. */
    private static final List<String> TRICKS =
            List.of("/mcp-guard-check//x", "/mcp-guard-check;x=1/y", "/mcp-guard-check/%2e%2e/z");

    private final InnerCalls<HttpServletRequest> calls;
    private final OperationInvoker loopback;
    private final Function<HttpServletRequest, Optional<OperationInvoker>> reentry;
    private final List<String> paths;

    /**
     * Makes a check.
     *
     * @param calls where probes are watched
     * @param loopback the way over the wire
     * @param reentry makes the other way from a request as the first filter sees it; empty where the container has none
     * @param basePath raw path below which any request comes through the service's filters: its context path and, where no
     *     servlet has the rest of the context, the path of that servlet; empty for all of the server
     * @param paths raw paths of GET operations of the service; the first dozen are probed
     */
    public SelfCheck(
            InnerCalls<HttpServletRequest> calls,
            OperationInvoker loopback,
            Function<HttpServletRequest, Optional<OperationInvoker>> reentry,
            String basePath,
            List<String> paths) {
        this.calls = calls;
        this.loopback = loopback;
        this.reentry = reentry;
        List<String> probed = new ArrayList<>();
        probed.add(basePath + "/mcp-guard-check");
        TRICKS.forEach(trick -> probed.add(basePath + trick));
        paths.stream().limit(MOST_PATHS).forEach(probed::add);
        this.paths = List.copyOf(probed);
    }

    /**
     * What the check has found.
     *
     * @param equal the invoker by re-entry when every probe was equal, else empty
     * @param reason why not, in words for the operator; empty text when equal
     * @since 0.1
     */
    public record Verdict(Optional<OperationInvoker> equal, String reason) {}

    /**
     * Runs the check; blocks for as long as the probes take.
     *
     * @param origin the connection to pretend; its address must not be the one that loopback itself has
     * @return the verdict
     */
    public Verdict run(CallOrigin origin) {
        AtomicReference<@Nullable OperationInvoker> candidate = new AtomicReference<>();
        try {
            Optional<String> difference = compare(origin, candidate);
            OperationInvoker found = candidate.get();
            if (difference.isEmpty() && found != null) {
                return new Verdict(Optional.of(found), "");
            }
            return refused(found, difference.orElse("this container has no way to re-enter that the guard knows"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(candidate.get(), "the check was interrupted");
        } catch (ExecutionException e) {
            return refused(candidate.get(), "a probe failed: " + e.getCause());
        } catch (TimeoutException | RuntimeException | LinkageError e) {
            return refused(candidate.get(), "a probe failed: " + e);
        }
    }

    private static Verdict refused(@Nullable OperationInvoker candidate, String reason) {
        if (candidate != null) {
            candidate.close();
        }
        return new Verdict(Optional.empty(), reason);
    }

    private Optional<String> compare(CallOrigin origin, AtomicReference<@Nullable OperationInvoker> candidate)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (String path : paths) {
            Observation wire = probe(loopback, path, origin, request -> {
                if (candidate.get() == null) {
                    reentry.apply(request).ifPresent(candidate::set);
                }
            });
            if (wire.remote().isEmpty() && path.equals(paths.get(0))) {
                return Optional.of("a request over loopback did not reach the guard's first filter");
            }
            if (wire.remote()
                    .filter(seen -> !seen.equals(origin.remoteAddress()))
                    .isPresent()) {
                return Optional.of("a request over loopback does not show the caller's address");
            }
            OperationInvoker found = candidate.get();
            if (found == null) {
                return Optional.of("this container has no way to re-enter that the guard knows");
            }
            Optional<String> difference = Observation.difference(wire, probe(found, path, origin, request -> {}));
            if (difference.isPresent()) {
                return Optional.of("for GET " + path + ", " + difference.get());
            }
        }
        return Optional.empty();
    }

    private Observation probe(
            OperationInvoker invoker, String path, CallOrigin origin, Consumer<HttpServletRequest> seen)
            throws InterruptedException, ExecutionException, TimeoutException {
        UUID id = UUID.randomUUID();
        Observation observation = new Observation(seen);
        calls.watch(id, observation);
        try {
            OperationCall call = OperationCall.builder(id, "GET", path, origin)
                    .header("Accept", "application/json, */*;q=0.8")
                    .timeout(PROBE_TIMEOUT)
                    .build();
            observation.ended(invoker.invoke(call)
                    .toCompletableFuture()
                    .get(2 * PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            calls.unwatch(id);
        }
        return observation;
    }
}
