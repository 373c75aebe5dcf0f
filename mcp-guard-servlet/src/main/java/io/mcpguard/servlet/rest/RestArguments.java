package io.mcpguard.servlet.rest;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.core.audit.ArgumentMask;
import io.mcpguard.core.audit.CallArguments;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the trail keeps of the arguments of a REST call: the same pointers and the same masks as for MCP.
 *
 * <p>Of a body that is not JSON, or whose size is not stated, nothing is kept: only the service reads it.
 *
 * @since 0.1
 */
public final class RestArguments {

    private final ArgumentMask mask;
    private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

    /**
     * Makes the arguments of a service.
     *
     * @param mask decides what is kept
     */
    public RestArguments(ArgumentMask mask) {
        this.mask = mask;
    }

    Map<String, String> masked(PublishedOperation operation, HttpServletRequest request, Optional<byte[]> body) {
        CallArguments.Builder arguments = CallArguments.builder();
        operation
                .template()
                .match(request.getRequestURI())
                .ifPresent(values -> values.forEach((name, value) -> arguments.parameter(Location.PATH, name, value)));
        query(request.getQueryString(), arguments);
        for (Parameter parameter : operation.operation().parameters(Location.HEADER)) {
            RequestReader.values(request, parameter.name())
                    .forEach(value -> arguments.parameter(Location.HEADER, parameter.name(), value));
        }
        // A body that cannot be parsed is for the service to refuse.
        if (body.isPresent() && json.read(body.get()) instanceof JsonReading.Document document) {
            arguments.body(document.root());
        }
        return mask.mask(operation.operation(), arguments.build());
    }

    /** Read from the raw query: asking for parameters would consume the body of a form. */
    private static void query(@Nullable String raw, CallArguments.Builder arguments) {
        if (raw == null) {
            return;
        }
        for (String pair : raw.split("&", -1)) {
            int mark = pair.indexOf('=');
            String name = decoded(mark < 0 ? pair : pair.substring(0, mark));
            if (!name.isEmpty()) {
                arguments.parameter(Location.QUERY, name, decoded(mark < 0 ? "" : pair.substring(mark + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
