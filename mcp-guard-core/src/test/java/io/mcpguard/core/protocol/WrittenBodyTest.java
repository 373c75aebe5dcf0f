package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.json.JsonOutput;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class WrittenBodyTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void has_the_bytes_of_the_tree_for_every_kind_of_id() {
        ObjectNode result = NODES.objectNode().put("text", "\u00e9 \"quoted\" \ud83d\ude00");
        List<JsonNode> ids = List.of(
                NODES.numberNode(0),
                NODES.numberNode(-7),
                NODES.numberNode(Long.MIN_VALUE),
                NODES.numberNode(BigInteger.TEN.pow(30)),
                NODES.stringNode("a\"\\\n\u0000\u00e9"),
                NODES.stringNode(""));
        for (JsonNode id : ids) {
            ObjectNode whole = NODES.objectNode().put("jsonrpc", "2.0");
            whole.set("id", id);
            whole.set("result", result);

            WrittenBody written = new WrittenBody(id, JsonOutput.bytes(result));

            String expected = whole.toString();
            assertThat(new String(written.bytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
            assertThat(JsonOutput.text(written.tree())).isEqualTo(expected);
        }
    }
}
