package io.mcpguard.servlet.testbed;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Virtual threads, which the JDK has from 21 on, while the tests are compiled for 17. */
public final class VirtualThreads {

    private VirtualThreads() {}

    static Executor executor() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no virtual threads", e);
        }
    }

    /** Says whether this is one. */
    public static boolean isCurrent() {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
