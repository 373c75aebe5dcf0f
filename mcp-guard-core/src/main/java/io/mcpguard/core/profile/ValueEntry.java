package io.mcpguard.core.profile;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.audit.ValueRule.Keep;
import java.util.Optional;

/** Reads one entry of {@code values:}. To open a value is not for a profile, which whoever edits this file could. */
final class ValueEntry {

    private static final String WRITE_KEEP =
            "write mask, hmac or drop; only the configuration of the service lets a value stand in clear";
    private static final String WRITE_POINTER = "write a JSON Pointer such as /path/orderId or /body/items/*/sku";
    private static final String WRITE_OPERATION = "write the id of an operation, or leave it out for every one";

    private ValueEntry() {}

    static Optional<ValueRule> read(Fields fields) {
        String operation = fields.optional(
                "operation",
                WRITE_OPERATION,
                text -> ValueRule.of(text, "/", Keep.DROP).operation());
        String pointer = fields.required(
                "pointer",
                WRITE_POINTER,
                text -> ValueRule.of(ValueRule.ANY, text, Keep.DROP).pointer());
        Keep keep = fields.required("keep", WRITE_KEEP, ValueEntry::keep);
        boolean everywhere = !fields.has("operation");
        fields.done();
        return pointer == null || keep == null || (operation == null && !everywhere)
                ? Optional.empty()
                : Optional.of(ValueRule.of(operation == null ? ValueRule.ANY : operation, pointer, keep));
    }

    private static Keep keep(String text) {
        Keep keep = Words.oneOf(Keep.class).apply(text);
        if (keep == Keep.CLEAR) {
            throw new IllegalArgumentException();
        }
        return keep;
    }
}
