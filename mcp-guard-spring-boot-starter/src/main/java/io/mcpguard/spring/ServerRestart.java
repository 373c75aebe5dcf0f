package io.mcpguard.spring;

import io.mcpguard.servlet.GuardMount;
import org.springframework.context.SmartLifecycle;

/**
 * Has the mount forget what it has found of a server, before that server is started: no call may be carried by what was true
 * of the run before.
 */
final class ServerRestart implements SmartLifecycle {

    private final GuardMount mount;
    private volatile boolean running;

    ServerRestart(GuardMount mount) {
        this.mount = mount;
    }

    /** Before the server, whose phase is among the last. At the first start there is nothing to forget. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
        mount.restarting();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
