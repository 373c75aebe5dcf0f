package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.CallerText;
import io.mcpguard.invocation.HttpField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where a request stands in its caller's trace (W3C Trace Context): what its metadata says, or else its HTTP headers. Untrusted,
 * so that only what is well-formed is passed on; baggage is not, since it would set values inside the service.
 */
final class TraceContext {

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";
    private static final Pattern TRACESTATE = Pattern.compile("[!-~](?:[ -~]{0,510}[!-~])?");

    private TraceContext() {}

    /** The header fields that an inner request carries, none when there is no parent. */
    static List<HttpField> of(Message.Request request, RequestHeaders headers) {
        Optional<String> inBody =
                request.meta(PARENT).flatMap(JsonNode::stringValueOpt).filter(CallerText::isTraceparent);
        Optional<String> parent = inBody.or(() -> headers.first(PARENT).filter(CallerText::isTraceparent));
        if (parent.isEmpty()) {
            return List.of();
        }
        List<HttpField> fields = new ArrayList<>();
        fields.add(new HttpField(PARENT, parent.get()));
        // The state belongs to its parent and must not be mixed with another's.
        Optional<String> state =
                inBody.isPresent() ? request.meta(STATE).flatMap(JsonNode::stringValueOpt) : headers.first(STATE);
        state.filter(text -> TRACESTATE.matcher(text).matches())
                .ifPresent(text -> fields.add(new HttpField(STATE, text)));
        return fields;
    }
}
