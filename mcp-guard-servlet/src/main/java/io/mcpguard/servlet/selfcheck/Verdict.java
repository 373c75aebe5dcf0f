package io.mcpguard.servlet.selfcheck;

import io.mcpguard.invocation.OperationInvoker;

/**
 * What the start-up check has found for one port of the service.
 *
 * @since 0.1
 */
public sealed interface Verdict {

    /**
     * Says what was found.
     *
     * @return words for the operator
     */
    String reason();

    /**
     * Re-entry is equal to the wire.
     *
     * @param invoker the invoker by re-entry
     * @since 0.1
     */
    record Equal(OperationInvoker invoker) implements Verdict {
        @Override
        public String reason() {
            return "found equal";
        }
    }

    /**
     * Re-entry differs or is not possible; loopback works.
     *
     * @param reason in what it differs
     * @since 0.1
     */
    record Different(String reason) implements Verdict {}

    /**
     * Loopback does not work, and re-entry is not shown to be equal: there is no way for calls.
     *
     * @param reason what was tried, and what to do
     * @since 0.1
     */
    record NoWay(String reason) implements Verdict {}

    /**
     * Loopback does not work, and no request from outside has been seen that re-entry could be compared with.
     *
     * @param reason what is waited for
     * @since 0.1
     */
    record NotYet(String reason) implements Verdict {}
}
