package io.mcpguard.core.sink.http;

import java.util.BitSet;

/** What an answer of status 2xx says about the events of a request. */
sealed interface Receipt {

    /** They are kept, or the service has said all that it ever says. */
    record Kept() implements Receipt {}

    /**
     * Some are not kept.
     *
     * @param missing places of those that are not, counted from 0
     * @param why what the service has against one of them, and what to do
     */
    record Partly(BitSet missing, String why) implements Receipt {}

    /**
     * They have arrived, and the service says later whether they are kept.
     *
     * @param ticket what to ask it by
     */
    record Taken(long ticket) implements Receipt {}

    /**
     * This is no answer that the service gives.
     *
     * @param why what is wrong with it, and what to do
     */
    record Strange(String why) implements Receipt {}
}
