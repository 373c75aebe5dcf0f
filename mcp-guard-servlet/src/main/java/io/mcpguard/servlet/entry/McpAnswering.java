package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.decision.Reason;
import java.util.concurrent.CompletionStage;

/** What an MCP endpoint does, as far as the exchange of bytes is concerned. */
interface McpAnswering {

    /** Answers a request; the stage never fails. */
    CompletionStage<McpResponse> handle(McpRequest request);

    /** Answers a request that cannot be taken. */
    McpResponse refuse(McpRequest request, Reason reason);
}
