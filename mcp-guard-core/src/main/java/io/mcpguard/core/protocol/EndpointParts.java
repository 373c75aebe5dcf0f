package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.core.tool.Tools;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What an endpoint stands on.
 *
 * @param guard identifies callers, decides, and keeps the record
 * @param tools the tools of the service's operations
 * @param features what the service offers beside them
 * @param mask what the record keeps of arguments
 * @param seal protects what clients hand back
 * @param handlers runs handlers of features, and refuses what is too much
 * @param workers does what may wait for a disk or a store
 * @param ticker looks after requests that are open
 * @param timeout longest time a feature may take
 * @param clock the time
 * @since 0.1
 */
public record EndpointParts(
        Guard guard,
        Tools tools,
        Features features,
        ArgumentMask mask,
        Seal seal,
        Executor handlers,
        Executor workers,
        ScheduledExecutorService ticker,
        Duration timeout,
        InstantSource clock) {
    public EndpointParts {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(tools, "tools");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(mask, "mask");
        Objects.requireNonNull(seal, "seal");
        Objects.requireNonNull(handlers, "handlers");
        Objects.requireNonNull(workers, "workers");
        Objects.requireNonNull(ticker, "ticker");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(clock, "clock");
    }
}
