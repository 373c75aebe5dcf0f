package io.mcpguard.sdk;

import io.mcpguard.decision.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys of what a handler finds in the SDK's {@link McpTransportContext}: who the guard has admitted. All values are text.
 *
 * @since 0.1
 */
public final class SdkContext {

    /** Name of the principal, as the service knows it. */
    public static final String PRINCIPAL = "io.mcpguard.principal";

    /** Id of the profile that admitted the call. */
    public static final String PROFILE = "io.mcpguard.profile";

    /** Id of the client that the profile belongs to. */
    public static final String CLIENT = "io.mcpguard.client";

    /** Id of the call, which all its records in the audit trail carry. Not there while an argument is being completed. */
    public static final String CALL = "io.mcpguard.call";

    private SdkContext() {}

    static McpTransportContext of(Caller caller) {
        return McpTransportContext.create(entries(caller));
    }

    static McpTransportContext of(Caller caller, String call) {
        Map<String, Object> entries = entries(caller);
        entries.put(CALL, call);
        return McpTransportContext.create(entries);
    }

    private static Map<String, Object> entries(Caller caller) {
        Map<String, Object> entries = new HashMap<>();
        entries.put(PRINCIPAL, caller.principal().name());
        entries.put(PROFILE, caller.profile().id().value());
        entries.put(CLIENT, caller.profile().client().id().value());
        return entries;
    }
}
