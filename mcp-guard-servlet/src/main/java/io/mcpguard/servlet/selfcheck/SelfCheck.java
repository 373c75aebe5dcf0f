package io.mcpguard.servlet.selfcheck;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.selfcheck.Verdict.Different;
import io.mcpguard.servlet.selfcheck.Verdict.Equal;
import io.mcpguard.servlet.selfcheck.Verdict.NoWay;
import io.mcpguard.servlet.selfcheck.Verdict.NotYet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same requests over loopback and by re-entry and compares what they meet.
 *
 * <p>The probes are anonymous requests. The service's own security answers them, or else the guard does behind it: a handler
 * of the service never runs, so that the check has no effects.
 *
 * <p>A port that demands client certificates cannot be reached over loopback. There the first request from outside takes the
 * place of the probes over the wire: re-entry must come through the same parts of the container, with the same facts.
 *
 * @since 0.1
 */
public final class SelfCheck implements AutoCloseable {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration COUNTING_TIME = Duration.ofSeconds(1);

    /** A counter that has not moved for so long has counted what went before. */
    private static final Duration REST = Duration.ofMillis(20);

    private static final int MOST_PATHS = 12;
    private static final String NO_WAY_KNOWN = "there is no way of re-entry, or none is wanted";

    /** Spellings that containers and firewalls treat in a way of their own. */
    private static final List<String> TRICKS = List.of(
            "/mcp-guard-check//x",
            "/mcp-guard-check;x=1/y",
            "/mcp-guard-check/%2e%2e/z",
            "/mcp-guard-check/./z",
            "/mcp-guard-check/a%2Fb",
            "/mcp-guard-check/a%5Cb",
            "/mcp-guard-check/%C0%AE");

    private record Probe(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private interface Sending {
        Observation send() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private final InnerCalls<HttpServletRequest> calls;
    private final OperationInvoker loopback;
    private final Function<HttpServletRequest, Optional<ReentryInvoker>> reentry;
    private final List<Probe> probes;
    private final AtomicReference<@Nullable ReentryInvoker> candidate = new AtomicReference<>();
    private final Map<Integer, Observation> arrivals = new ConcurrentHashMap<>();

    /**
     * Makes a check.
     *
     * @param calls where probes are watched
     * @param loopback the way over the wire
     * @param reentry makes the other way from a request as the first filter sees it; empty where the container has none
     * @param basePath raw path below which any request comes through the service's filters: its context path and, where no
     *     servlet has the rest of the context, the path of that servlet; empty for all of the server
     * @param paths raw paths of operations of the service, whatever their method; the first dozen are probed
     */
    public SelfCheck(
            InnerCalls<HttpServletRequest> calls,
            OperationInvoker loopback,
            Function<HttpServletRequest, Optional<ReentryInvoker>> reentry,
            String basePath,
            List<String> paths) {
        this.calls = calls;
        this.loopback = loopback;
        this.reentry = reentry;
        List<Probe> all = new ArrayList<>();
        // First, since a server on which nothing is mapped to an unknown path answers it without any filter.
        paths.stream().limit(MOST_PATHS).forEach(path -> all.add(new Probe("GET", path)));
        String unknown = basePath + "/mcp-guard-check";
        List.of("GET", "HEAD", "OPTIONS", "CHECK").forEach(method -> all.add(new Probe(method, unknown)));
        TRICKS.forEach(trick -> all.add(new Probe("GET", basePath + trick)));
        this.probes = List.copyOf(all);
    }

    /**
     * Takes note of a request from outside: of the container it came by, and of what it met before the first filter.
     *
     * @param request the request as the first filter sees it
     */
    void arrived(HttpServletRequest request) {
        int port = request.getLocalPort();
        if (!arrivals.containsKey(port)) {
            meet(request);
            Observation seen = new Observation(each -> {});
            seen.entered(request);
            arrivals.putIfAbsent(port, seen);
        }
    }

    /** Forgets the requests from outside; others will come, through other filters perhaps. */
    void forget() {
        arrivals.clear();
    }

    private synchronized void meet(HttpServletRequest request) {
        ReentryInvoker known = candidate.get();
        if (known == null) {
            reentry.apply(request).ifPresent(candidate::set);
        } else {
            known.meet();
        }
    }

    /**
     * Runs the check; blocks for as long as the probes take.
     *
     * @param origin the connection to pretend; its address must not be the one that loopback itself has
     * @return the verdict
     */
    Verdict run(CallOrigin origin) {
        try {
            Optional<Observation> wire = first(origin);
            if (wire.isEmpty()) {
                return withoutWire(origin);
            }
            Optional<String> difference = compare(origin, wire.get());
            ReentryInvoker found = candidate.get();
            return difference.isEmpty() && found != null
                    ? new Equal(found)
                    : new Different(difference.orElse(NO_WAY_KNOWN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Different("the check was interrupted");
        } catch (ExecutionException e) {
            return new Different("a probe failed: " + e.getCause());
        } catch (TimeoutException | RuntimeException | LinkageError e) {
            return new Different("a probe failed: " + e);
        }
    }

    /** The first probe over the wire, or empty when a port that speaks TLS does not let it in. */
    private Optional<Observation> first(CallOrigin origin)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return Optional.of(overTheWire(probes.get(0), origin, this::meet));
        } catch (ExecutionException e) {
            if ("https".equals(origin.scheme()) && e.getCause() instanceof InvocationException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<String> compare(CallOrigin origin, Observation first)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (first.remote().isEmpty()) {
            return Optional.of("a request over loopback did not reach the guard's first filter");
        }
        ReentryInvoker found = candidate.get();
        if (found == null) {
            return Optional.of(NO_WAY_KNOWN);
        }
        if (found.untested().isPresent()) {
            return found.untested();
        }
        for (Probe probe : probes) {
            Observation wire = overTheWire(probe, origin, request -> {});
            if (wire.remote()
                    .filter(seen -> !seen.equals(origin.remoteAddress()))
                    .isPresent()) {
                return Optional.of("a request over loopback does not show the caller's address");
            }
            Optional<String> difference = Observation.difference(wire, probe(found, probe, origin, request -> {}));
            if (difference.isPresent()) {
                return Optional.of("for " + probe + ", " + difference.get());
            }
        }
        Probe probe = probes.get(0);
        return isCounted(() -> overTheWire(probe, origin, request -> {}), found, origin)
                        && !isCounted(() -> probe(found, probe, origin, request -> {}), found, origin)
                ? Optional.of("the container counts requests over loopback and not those by re-entry")
                : Optional.empty();
    }

    /** A connection may be closed by the server just when it is taken again; a probe has no effects, so it is sent once more. */
    private Observation overTheWire(Probe probe, CallOrigin origin, Consumer<HttpServletRequest> seen)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return probe(loopback, probe, origin, seen);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvocationException broken && broken.getCause() instanceof IOException) {
                return probe(loopback, probe, origin, seen);
            }
            throw e;
        }
    }

    /** Says whether the container's own counter moves with a request; a counter that there is not counts nothing. */
    private static boolean isCounted(Sending sending, ReentryInvoker counting, CallOrigin origin)
            throws InterruptedException, ExecutionException, TimeoutException {
        OptionalLong before = atRest(counting, origin.localPort());
        sending.send();
        long end = System.nanoTime() + COUNTING_TIME.toNanos();
        while (before.isPresent() && counting.served(origin.localPort()).equals(before)) {
            if (System.nanoTime() > end) {
                return false;
            }
            // Containers count when the answer has been sent.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return before.isPresent();
    }

    /** What the counter says once the requests before have been counted, or after a while, since others may come all the time. */
    private static OptionalLong atRest(ReentryInvoker counting, int port) {
        long end = System.nanoTime() + COUNTING_TIME.toNanos();
        OptionalLong seen;
        do {
            seen = counting.served(port);
            LockSupport.parkNanos(REST.toNanos());
        } while (!counting.served(port).equals(seen) && System.nanoTime() < end);
        return counting.served(port);
    }

    private Verdict withoutWire(CallOrigin origin) throws InterruptedException, ExecutionException, TimeoutException {
        String port = "port " + origin.localPort() + " takes no connection without a client certificate";
        Observation outside = arrivals.get(origin.localPort());
        ReentryInvoker found = candidate.get();
        if (outside == null || origin.clientCertificates().isEmpty()) {
            return new NotYet(port + ", so that re-entry is compared with the first request from outside");
        }
        String advice =
                "; have the port ask for certificates without demanding them, or offer the endpoint at another port";
        if (found == null || found.untested().isPresent()) {
            return new NoWay(port + ", and "
                    + (found == null ? NO_WAY_KNOWN : found.untested().orElseThrow()) + advice);
        }
        for (Probe probe : probes) {
            Observation inner = probe(found, probe, origin, request -> {});
            Optional<String> difference = inner.remote().isEmpty() && !probe.equals(probes.get(0))
                    ? inner.passedBy()
                    : Observation.differenceBefore(outside, inner, origin.remoteAddress());
            if (difference.isPresent()) {
                return new NoWay(port + ", and for " + probe + " " + difference.get() + advice);
            }
        }
        return new Equal(found);
    }

    private Observation probe(
            OperationInvoker invoker, Probe probe, CallOrigin origin, Consumer<HttpServletRequest> seen)
            throws InterruptedException, ExecutionException, TimeoutException {
        UUID id = UUID.randomUUID();
        Observation observation = new Observation(seen);
        calls.watch(id, observation);
        try {
            OperationCall call = OperationCall.builder(id, probe.method(), probe.path(), origin)
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

    /** Lets go of the invoker by re-entry. */
    @Override
    public void close() {
        ReentryInvoker found = candidate.get();
        if (found != null) {
            found.close();
        }
    }
}
