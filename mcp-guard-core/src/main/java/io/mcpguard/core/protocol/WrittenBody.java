package io.mcpguard.core.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.core.json.JsonOutput;
import java.nio.ByteBuffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The JSON-RPC message around a result that is UTF-8 JSON already, since its size was recorded: it is not written twice. */
final class WrittenBody {

    private static final byte[] BEFORE_ID = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(US_ASCII);
    private static final byte[] BEFORE_RESULT = ",\"result\":".getBytes(US_ASCII);
    private static final byte[] END = "}".getBytes(US_ASCII);

    private final JsonNode id;
    private final byte[] result;

    WrittenBody(JsonNode id, byte[] result) {
        this.id = id;
        this.result = result;
    }

    /** The bytes that {@link #tree()} is written as. */
    byte[] bytes() {
        byte[] written = JsonOutput.bytes(id);
        int size = BEFORE_ID.length + written.length + BEFORE_RESULT.length + result.length + END.length;
        return ByteBuffer.allocate(size)
                .put(BEFORE_ID)
                .put(written)
                .put(BEFORE_RESULT)
                .put(result)
                .put(END)
                .array();
    }

    /** The same as a part of something larger. */
    JsonNode tree() {
        ObjectNode message = RpcAnswer.envelope(id);
        message.putRawValue("result", new RawValue(new String(result, UTF_8)));
        return message;
    }
}
