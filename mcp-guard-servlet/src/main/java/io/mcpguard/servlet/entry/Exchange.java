package io.mcpguard.servlet.entry;

/** What the parts of an exchange tell it. */
interface Exchange {

    /** The answer has been sent. */
    void complete();

    /** The client is gone, or something else keeps bytes from coming or leaving. */
    void lost(Throwable failure);
}
