package io.mcpguard.core.door;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.CallArguments;
import io.mcpguard.profile.Profile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the trail keeps of the arguments of a REST call: the same pointers and the same masks as for MCP.
 *
 * <p>Of a body that is not JSON, or whose size is not stated, nothing is kept: only the service reads it.
 *
 * @since 0.1
 */
public final class RestArguments {

    private static final int MAX_BODY_BYTES = 1 << 20;

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

    /**
     * Says whether the body is kept, for which the guard reads it ahead: JSON of a stated and reasonable size. All others are left
     * to the service alone.
     *
     * @param request the request
     * @return whether to read it
     */
    static boolean keepsBodyOf(RestRequest request) {
        long length = request.bodyBytes();
        return length >= 1
                && length <= MAX_BODY_BYTES
                && request.header("Content-Encoding").isEmpty()
                && request.header("Content-Type").stream()
                        .findFirst()
                        .filter(RestArguments::isJson)
                        .isPresent();
    }

    private static boolean isJson(String type) {
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json") || media.endsWith("+json");
    }

    Map<String, String> masked(
            PublishedOperation operation, RestRequest request, Optional<byte[]> body, Profile profile) {
        CallArguments.Builder arguments = CallArguments.builder();
        operation
                .template()
                .match(request.rawPath())
                .ifPresent(values -> values.forEach((name, value) -> arguments.parameter(Location.PATH, name, value)));
        request.rawQuery().ifPresent(raw -> query(raw, arguments));
        for (Parameter parameter : operation.operation().parameters(Location.HEADER)) {
            request.header(parameter.name())
                    .forEach(value -> arguments.parameter(Location.HEADER, parameter.name(), value));
        }
        // A body that cannot be parsed is for the service to refuse.
        if (body.isPresent() && json.read(body.get()) instanceof JsonReading.Document document) {
            arguments.body(document.root());
        }
        return mask.mask(operation, arguments.build(), profile.values());
    }

    /** Read from the raw query: asking for parameters would consume the body of a form. */
    private static void query(String raw, CallArguments.Builder arguments) {
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
