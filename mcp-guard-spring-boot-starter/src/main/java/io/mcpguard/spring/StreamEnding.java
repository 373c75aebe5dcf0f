package io.mcpguard.spring;

import io.mcpguard.core.McpGuard;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Ends the streams of listening clients first, so that a graceful shutdown does not wait for them. */
final class StreamEnding implements ApplicationListener<ContextClosedEvent> {

    private final McpGuard guard;

    StreamEnding(McpGuard guard) {
        this.guard = guard;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        guard.endStreams();
    }
}
