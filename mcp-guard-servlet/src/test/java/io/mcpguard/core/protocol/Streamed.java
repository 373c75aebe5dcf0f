package io.mcpguard.core.protocol;

import io.mcpguard.invocation.HttpField;
import java.util.List;

/** Makes answers that are streams, as only the endpoint does outside of tests. */
public final class Streamed {

    private Streamed() {}

    public static McpResponse of(EventStream stream) {
        return new McpResponse(
                List.of(
                        new HttpField("Content-Type", "text/event-stream"),
                        new HttpField("Cache-Control", "no-cache"),
                        new HttpField("X-Accel-Buffering", "no")),
                stream);
    }
}
