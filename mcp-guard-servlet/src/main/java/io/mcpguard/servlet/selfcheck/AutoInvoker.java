package io.mcpguard.servlet.selfcheck;

import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.servlet.selfcheck.Verdict.Different;
import io.mcpguard.servlet.selfcheck.Verdict.Equal;
import io.mcpguard.servlet.selfcheck.Verdict.NoWay;
import io.mcpguard.servlet.selfcheck.Verdict.NotYet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls over loopback until the {@link SelfCheck} has shown that re-entry is equal, and by re-entry from then on.
 *
 * <p>Each port of the service is checked for itself, in the background: when the service has started, or with the first call
 * that came in by it. A call that came in by TLS waits for that, since loopback may be impossible there.
 *
 * @since 0.1
 */
public final class AutoInvoker implements OperationInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(AutoInvoker.class);

    /** An address set aside for documentation (RFC 5737): no request over loopback comes from there. */
    private static final String PRETENDED = "192.0.2.1";

    private final OperationInvoker loopback;
    private final SelfCheck check;
    private final Map<Integer, Port> ports = new ConcurrentSkipListMap<>();

    private record Port(CallOrigin origin, CompletableFuture<Verdict> verdict) {

        Optional<Verdict> known() {
            return Optional.ofNullable(verdict.getNow(null));
        }

        boolean isEqual() {
            return known().filter(Equal.class::isInstance).isPresent();
        }
    }

    /**
     * Makes an invoker that begins with loopback.
     *
     * @param loopback the baseline
     * @param check decides
     */
    public AutoInvoker(OperationInvoker loopback, SelfCheck check) {
        this.loopback = loopback;
        this.check = check;
    }

    /**
     * Runs the check of a port in the background unless it has run.
     *
     * @param scheme {@code http} or {@code https}, as the service's own port speaks
     * @param localAddress IP address that the service listens at
     * @param localPort port that the service listens at
     */
    public void check(String scheme, String localAddress, int localPort) {
        check(new CallOrigin(
                PRETENDED,
                1,
                scheme,
                "https".equals(scheme),
                "localhost",
                localPort,
                localAddress,
                localPort,
                List.of()));
    }

    private Port check(CallOrigin origin) {
        return ports.computeIfAbsent(origin.localPort(), port -> begin(pretended(origin)));
    }

    /** Runs the check again for every port, since filters or mappings of the service may have changed. */
    public void recheck() {
        ports.replaceAll((number, port) -> begin(port.origin()));
    }

    /** Forgets every port, since the server is being started again: each is checked anew when it is named or called by. */
    public void restarting() {
        check.forget();
        // A check that is still running tells its verdict to nobody then.
        ports.clear();
    }

    /**
     * Takes note of a request from outside.
     *
     * @param request the request as the first filter sees it
     */
    public void arrived(HttpServletRequest request) {
        check.arrived(request);
    }

    private static CallOrigin pretended(CallOrigin origin) {
        return new CallOrigin(
                PRETENDED,
                1,
                origin.scheme(),
                origin.secure(),
                origin.serverName(),
                origin.serverPort(),
                origin.localAddress(),
                origin.localPort(),
                origin.clientCertificates());
    }

    private Port begin(CallOrigin origin) {
        Port port = new Port(origin, new CompletableFuture<>());
        InnerThreads.named("mcp-guard-self-check")
                .newThread(() -> {
                    Verdict verdict = check.run(origin);
                    report(origin.localPort(), verdict);
                    port.verdict().complete(verdict);
                })
                .start();
        return port;
    }

    private void report(int port, Verdict verdict) {
        if (verdict instanceof Equal) {
            LOG.info(
                    "MCP calls that come by port {} re-enter the service without a socket: the self-check found that equal",
                    port);
        } else if (verdict instanceof Different) {
            LOG.info("MCP calls that come by port {} go over loopback: {}", port, verdict.reason());
        } else if (verdict instanceof NoWay) {
            LOG.error("MCP calls that come by port {} are refused: {}", port, verdict.reason());
        }
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        CallOrigin origin = call.origin();
        Port port = check(origin);
        if (port.known().isEmpty() && !"https".equals(origin.scheme())) {
            return loopback.invoke(call);
        }
        return port.verdict()
                .thenCompose(verdict -> verdict instanceof NotYet ? again(call, port) : carry(call, verdict));
    }

    /** Checks once more: the request that this call came by has been seen meanwhile. */
    private CompletionStage<OperationResult> again(OperationCall call, Port before) {
        CallOrigin origin = call.origin();
        Port now = ports.computeIfPresent(
                origin.localPort(), (number, port) -> port.equals(before) ? begin(pretended(origin)) : port);
        return now == null
                ? carry(call, before.verdict().join())
                : now.verdict().thenCompose(verdict -> carry(call, verdict));
    }

    private CompletionStage<OperationResult> carry(OperationCall call, Verdict verdict) {
        if (verdict instanceof Equal equal) {
            return equal.invoker().invoke(call);
        }
        return verdict instanceof Different
                ? loopback.invoke(call)
                : CompletableFuture.failedFuture(InvocationException.unreachable(verdict.reason(), null));
    }

    /**
     * Says whether there is a port for which no way is left.
     *
     * @return true when calls that come by some port are refused
     */
    public boolean isBlocked() {
        return ports.values().stream()
                .anyMatch(port -> port.known().filter(NoWay.class::isInstance).isPresent());
    }

    /**
     * Says how the check stands, for the operator.
     *
     * @return {@code not checked yet}, {@code being checked}, {@code found equal}, or in what re-entry differs; with several
     *     ports that stand differently, each with its number
     */
    public String standing() {
        Map<Integer, String> each = ports.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().known().map(Verdict::reason).orElse("being checked"),
                        (one, other) -> one,
                        ConcurrentSkipListMap::new));
        List<String> words = each.values().stream().distinct().toList();
        if (words.isEmpty()) {
            return "not checked yet";
        }
        return words.size() == 1
                ? words.get(0)
                : each.entrySet().stream()
                        .map(entry -> "port " + entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("; "));
    }

    /** Re-entry is named when every port that has been checked takes it. */
    @Override
    public String name() {
        return !ports.isEmpty() && ports.values().stream().allMatch(Port::isEqual) ? "re-entry" : loopback.name();
    }

    @Override
    public void close() {
        check.close();
        loopback.close();
    }
}
