package io.mcpguard.core.tool;

import java.util.concurrent.CompletionStage;

/** One tool. */
interface Tool {

    /** Serves a call. Whatever it refuses is on record when the stage completes. */
    CompletionStage<ToolResult> call(ToolCall call);
}
