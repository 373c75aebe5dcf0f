package io.mcpguard.servlet.selfcheck;

import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls over loopback until the {@link SelfCheck} has shown that re-entry is equal, and by re-entry from then on. The check
 * runs once, in the background: when the service has started, or with the first call.
 *
 * @since 0.1
 */
public final class AutoInvoker implements OperationInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(AutoInvoker.class);

    /** An address set aside for documentation (RFC 5737): no request over loopback comes from there. */
    private static final String PRETENDED = "192.0.2.1";

    private final OperationInvoker loopback;
    private final SelfCheck check;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable OperationInvoker reentry;
    private volatile String standing = "not checked yet";
    private volatile boolean closed;

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
     * Runs the check in the background unless it has run.
     *
     * @param scheme {@code http} or {@code https}, as the service's own port speaks
     * @param localAddress IP address that the service listens at
     * @param localPort port that the service listens at
     */
    public void check(String scheme, String localAddress, int localPort) {
        if (started.compareAndSet(false, true)) {
            CallOrigin origin = new CallOrigin(
                    PRETENDED,
                    1,
                    scheme,
                    "https".equals(scheme),
                    "localhost",
                    localPort,
                    localAddress,
                    localPort,
                    List.of());
            InnerThreads.named("mcp-guard-self-check")
                    .newThread(() -> decide(origin))
                    .start();
        }
    }

    private void decide(CallOrigin origin) {
        standing = "being checked";
        SelfCheck.Verdict verdict = check.run(origin);
        if (verdict.equal().isPresent()) {
            reentry = verdict.equal().get();
            standing = "found equal";
            LOG.info("MCP calls re-enter the service without a socket: the self-check found them equal to loopback");
        } else if (!closed) {
            standing = verdict.reason();
            LOG.info("MCP calls go over loopback: {}", verdict.reason());
        }
        OperationInvoker found = reentry;
        if (closed && found != null) {
            found.close();
        }
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        OperationInvoker found = reentry;
        if (found != null) {
            return found.invoke(call);
        }
        CallOrigin origin = call.origin();
        check(origin.scheme(), origin.localAddress(), origin.localPort());
        return loopback.invoke(call);
    }

    /**
     * Says how the check stands, for the operator.
     *
     * @return {@code not checked yet}, {@code being checked}, {@code found equal}, or in what re-entry differs
     */
    public String standing() {
        return standing;
    }

    @Override
    public String name() {
        OperationInvoker found = reentry;
        return found == null ? loopback.name() : found.name();
    }

    @Override
    public void close() {
        closed = true;
        OperationInvoker found = reentry;
        if (found != null) {
            found.close();
        }
        loopback.close();
    }
}
