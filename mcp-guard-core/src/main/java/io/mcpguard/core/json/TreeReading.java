package io.mcpguard.core.json;

import io.mcpguard.core.json.JsonReading.Flaw;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One pass over one document, from tokens to tree. Built by hand so that every limit and refusal is in one place. */
final class TreeReading {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final JsonLimits limits;
    private int elements;

    TreeReading(JsonParser parser, JsonLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    JsonNode document() throws Refused {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refused(Flaw.EMPTY);
        }
        JsonNode root = value(first, 1);
        boolean more;
        try {
            more = parser.nextToken() != null;
        } catch (tools.jackson.core.JacksonException e) {
            throw new Refused(Flaw.TRAILING_DATA);
        }
        if (more) {
            throw new Refused(Flaw.TRAILING_DATA);
        }
        return root;
    }

    private JsonNode value(JsonToken token, int depth) throws Refused {
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> NODES.stringNode(wellFormed(parser.getString()));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new Refused(Flaw.SYNTAX);
        };
    }

    private ObjectNode object(int depth) throws Refused {
        enter(depth);
        ObjectNode object = NODES.objectNode();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = wellFormed(parser.currentName());
            count();
            JsonNode value = value(next(), depth + 1);
            if (object.replace(name, value) != null) {
                throw new Refused(Flaw.DUPLICATE_KEY);
            }
        }
        return object;
    }

    private ArrayNode array(int depth) throws Refused {
        enter(depth);
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            count();
            array.add(value(token, depth + 1));
        }
        return array;
    }

    private JsonNode integer() throws Refused {
        String digits = parser.getString();
        if (digits.length() > limits.maxNumberChars()) {
            throw new Refused(Flaw.TOO_LONG);
        }
        if (digits.length() < 10) {
            return NODES.numberNode(Integer.parseInt(digits));
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < 64 ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private JsonNode decimal() throws Refused {
        String text = parser.getString();
        if (text.length() > limits.maxNumberChars()) {
            throw new Refused(Flaw.TOO_LONG);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            // An exponent beyond the range of an int.
            throw new Refused(Flaw.TOO_LONG);
        }
        // A long is needed: the smallest int has no positive counterpart.
        if (Math.abs((long) number.scale()) > limits.maxExponent() + (long) number.precision()) {
            throw new Refused(Flaw.TOO_LONG);
        }
        return DecimalNode.valueOf(number);
    }

    private JsonToken next() throws Refused {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Refused(Flaw.SYNTAX);
        }
        return token;
    }

    private void enter(int depth) throws Refused {
        if (depth > limits.maxDepth()) {
            throw new Refused(Flaw.TOO_DEEP);
        }
    }

    private void count() throws Refused {
        if (++elements > limits.maxElements()) {
            throw new Refused(Flaw.TOO_MANY);
        }
    }

    private static String wellFormed(String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Refused(Flaw.NOT_UTF8);
            }
        }
        return text;
    }

    /** Leaves the recursion; never leaves the package. */
    static final class Refused extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final Flaw flaw;

        Refused(Flaw flaw) {
            super(flaw.code(), null, false, false);
            this.flaw = flaw;
        }

        Flaw flaw() {
            return flaw;
        }
    }
}
