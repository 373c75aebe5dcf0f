package io.mcpguard.servlet.entry;

/** The body of an answer on its way to the client. */
interface AnswerSending {

    /** Says that the exchange has ended without it, for which the client or the container may be the cause. */
    void gone();
}
