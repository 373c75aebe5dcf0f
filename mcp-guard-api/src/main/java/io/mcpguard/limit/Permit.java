package io.mcpguard.limit;

/**
 * The permits taken for one call.
 *
 * <p>Closing gives back what is counted while a call runs (concurrency). What is counted per window stays taken: a call that
 * was admitted has used its permit, whatever became of it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Permit extends AutoCloseable {

    /** Gives back the permits for calls in flight. Closing again does nothing. */
    @Override
    void close();

    /**
     * A permit from no limit at all.
     *
     * @return a permit whose close does nothing
     */
    static Permit unlimited() {
        return () -> {};
    }
}
