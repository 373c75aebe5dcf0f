package io.mcpguard.servlet.undertow;

import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/** Tells whoever wants to read or write that it may. In memory that is always so, and told as a socket does: on the I/O thread. */
final class Readiness {

    private final XnioIoThread thread;
    private volatile boolean resumed;
    private volatile @Nullable Runnable told;

    Readiness(XnioIoThread thread) {
        this.thread = thread;
    }

    void tell(Runnable handler) {
        told = handler;
    }

    boolean isResumed() {
        return resumed;
    }

    void suspend() {
        resumed = false;
    }

    void resume() {
        resumed = true;
        thread.execute(this::ready);
    }

    private void ready() {
        Runnable handler = told;
        if (resumed && handler != null) {
            handler.run();
            if (resumed) {
                thread.execute(this::ready);
            }
        }
    }
}
