package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.internal.JsonText;
import io.mcpguard.testkit.parity.SchemaExample.NoExample;
import org.jspecify.annotations.Nullable;

/** Makes a call out of what the operation says it needs: what is required, and nothing else. */
final class ExampleCall {

    private ExampleCall() {}

    /** A call that fits, or an {@link AssertionError} that says what the team has to supply. */
    static ParityCall of(Described operation) {
        ParityCall call = ParityCall.of(operation.id());
        String place = "";
        try {
            for (Described.Input input : operation.inputs()) {
                place = input.place().member() + "/" + input.name();
                if (input.required()) {
                    Object value = SchemaExample.of(input.schema());
                    call = switch (input.place()) {
                        case PATH -> call.path(input.name(), value(value));
                        case QUERY -> call.query(input.name(), value(value));
                        case HEADER -> call.header(input.name(), value(value));
                    };
                }
            }
            Described.Body body = operation.body();
            if (body != null && body.required()) {
                place = "body";
                call = call.body(JsonText.of(SchemaExample.of(body.schema())));
            }
            return call;
        } catch (NoExample e) {
            throw new AssertionError(
                    "no arguments can be made for " + operation.id() + " (" + place + " " + e.getMessage()
                            + "); supply them: .call(ParityCall.of(\"" + operation.id() + "\")...), or .skip(\""
                            + operation.id() + "\", why)",
                    e);
        }
    }

    private static Object value(@Nullable Object value) throws NoExample {
        if (value == null) {
            throw new NoExample("", "the only value is null");
        }
        return value;
    }
}
