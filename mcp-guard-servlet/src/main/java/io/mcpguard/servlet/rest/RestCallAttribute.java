package io.mcpguard.servlet.rest;

import io.mcpguard.core.door.RestCall;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Where a REST call stands on its request, for the gate. */
final class RestCallAttribute {

    private static final String NAME = RestCall.class.getName();

    private RestCallAttribute() {}

    static void set(HttpServletRequest request, RestCall call) {
        request.setAttribute(NAME, call);
    }

    static Optional<RestCall> of(HttpServletRequest request) {
        return Optional.ofNullable((RestCall) request.getAttribute(NAME));
    }
}
