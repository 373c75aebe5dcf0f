package io.mcpguard.core.mask;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** The text of a value that hashes and shown forms are made of: the same for {@code 100}, {@code 1e2} and {@code "100"}. */
final class MaskText {

    /** Beyond this many digits a number keeps its exponent, so that 1E+999999999 does not become a gigabyte. */
    private static final int MAX_PLAIN_DIGITS = 400;

    private MaskText() {}

    static String of(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        if (value.isNumber()) {
            // A tree read with doubles can hold infinity, which has no decimal.
            return value.decimalValueOpt().map(MaskText::plain).orElseGet(value::toString);
        }
        return value.toString();
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean small = Math.abs((long) stripped.scale()) <= MAX_PLAIN_DIGITS;
        return small ? stripped.toPlainString() : stripped.toString();
    }
}
