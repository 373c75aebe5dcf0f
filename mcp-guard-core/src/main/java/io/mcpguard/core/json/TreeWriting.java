package io.mcpguard.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a tree as Jackson does, without what it takes to get a writer of Jackson ready, which for the small trees of a call is
 * most of the work. A tree that holds something rare is left to Jackson as a whole.
 */
final class TreeWriting {

    private static final int DEEPEST = 256;

    private byte[] out = new byte[256];
    private int size;

    private TreeWriting() {}

    /** UTF-8 JSON, or null where there is more in the tree than texts, whole numbers, booleans and nulls. */
    static byte @Nullable [] bytes(JsonNode tree) {
        TreeWriting writing = new TreeWriting();
        return writing.value(tree, 0) ? Arrays.copyOf(writing.out, writing.size) : null;
    }

    private boolean value(JsonNode node, int depth) {
        if (node.isString()) {
            return text(node.stringValue());
        }
        if (node instanceof ObjectNode object) {
            return depth < DEEPEST && object(object, depth);
        }
        if (node instanceof ArrayNode array) {
            return depth < DEEPEST && array(array, depth);
        }
        if (node.isBoolean()) {
            ascii(node.booleanValue() ? "true" : "false");
            return true;
        }
        if (node.isNull()) {
            ascii("null");
            return true;
        }
        if (node.isIntegralNumber()) {
            ascii(node.asString());
            return true;
        }
        return false;
    }

    private boolean object(ObjectNode object, int depth) {
        char before = '{';
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            put(before);
            before = ',';
            if (!text(property.getKey())) {
                return false;
            }
            put(':');
            if (!value(property.getValue(), depth + 1)) {
                return false;
            }
        }
        if (before == '{') {
            put('{');
        }
        put('}');
        return true;
    }

    private boolean array(ArrayNode array, int depth) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                put(',');
            }
            if (!value(array.get(i), depth + 1)) {
                return false;
            }
        }
        put(']');
        return true;
    }

    private boolean text(String text) {
        // Three bytes are the most that a character becomes here.
        reserve(text.length() * 3 + 2);
        byte[] into = out;
        int at = size;
        into[at++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                into[at++] = (byte) c;
            } else if (c >= 0x80 && c < 0x800) {
                into[at++] = (byte) (0xC0 | (c >> 6));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (c >= 0x800 && !Character.isSurrogate(c)) {
                into[at++] = (byte) (0xE0 | (c >> 12));
                into[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                int letter = shortEscape(c);
                if (letter < 0) {
                    return false;
                }
                into[at++] = '\\';
                into[at++] = (byte) letter;
            }
        }
        into[at++] = '"';
        size = at;
        return true;
    }

    /** What stands after the backslash, or -1 where that is not one letter. */
    private static int shortEscape(char c) {
        return switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> -1;
        };
    }

    private void ascii(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void put(char c) {
        reserve(1);
        out[size++] = (byte) c;
    }

    private void reserve(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }
}
