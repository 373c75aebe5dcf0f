package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.internal.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whichever door it came through.
 *
 * @param status status of the operation or of the refusal
 * @param contentType media type of the body, empty without one
 * @param body the body: a JSON tree, the text, or the bytes in Base64; null when there is none
 * @param known false when the endpoint answered no tool result, since it does not know the caller
 */
record Reply(int status, String contentType, @Nullable Object body, boolean known) {

    private static final int SHOWN = 600;

    private static final String GUARD = "urn:mcp-guard:problem:";

    /** Whether the guard has refused; its answer names the call, and no two calls are the same. */
    boolean refusedByGuard() {
        return new Tree(body).at("type").text().startsWith(GUARD);
    }

    /** The answer in one line, for a report. */
    @Override
    public String toString() {
        String shown = body == null ? "" : " " + JsonText.of(body);
        return status + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown);
    }
}
