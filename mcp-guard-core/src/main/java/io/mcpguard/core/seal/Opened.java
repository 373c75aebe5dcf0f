package io.mcpguard.core.seal;

/**
 * What came of opening a value that a client handed back.
 *
 * @since 0.1
 */
public sealed interface Opened {

    /**
     * The value is genuine, in time and its holder's own.
     *
     * @param payload what was sealed
     * @since 0.1
     */
    record Valid(String payload) implements Opened {

        /** Leaves the payload out. */
        @Override
        public String toString() {
            return "Valid[]";
        }
    }

    /**
     * The value was genuine and has come to its end.
     *
     * @since 0.1
     */
    record Expired() implements Opened {}

    /**
     * The value is genuine and belongs to another holder.
     *
     * @since 0.1
     */
    record Foreign() implements Opened {}

    /**
     * The value was not made here for this use: changed, made up, or sealed with a key that is gone.
     *
     * @since 0.1
     */
    record Invalid() implements Opened {}
}
