package io.mcpguard.jaxrs.entry;

import io.mcpguard.error.ConfigurationException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.List;

/**
 * Registers the filters, each where it must stand: the first before all others, the gate between the service's authentication
 * and its authorization, and what records an answer behind everything that could change it.
 *
 * @since 0.1
 */
public final class GuardFilters implements Feature {

    /** Where the gate stands unless the mount says otherwise: between authentication and authorization. */
    public static final int GATE = (Priorities.AUTHENTICATION + Priorities.AUTHORIZATION) / 2;

    private final Doors doors;
    private final int gate;
    private final int maxHeldBytes;

    /**
     * Makes the feature.
     *
     * @param doors what the filters share
     * @param gate priority of the gate among the filters of a request
     * @param maxHeldBytes how much of an answer waits in memory for its record
     */
    public GuardFilters(Doors doors, int gate, int maxHeldBytes) {
        this.doors = doors;
        this.gate = gate;
        this.maxHeldBytes = maxHeldBytes;
    }

    @Override
    public boolean configure(FeatureContext context) {
        requirePriorities();
        doors.buffered(bufferOf(context.getConfiguration()));
        // The first and the last carry their priority: Jersey heeds none below 1 that is given here.
        context.register(new EntryFilter(doors));
        context.register(new GateFilter(doors), gate);
        context.register(new OutcomeFilter(doors, maxHeldBytes));
        if (OutcomeInterceptor.isPossible()) {
            context.register(new OutcomeInterceptor(maxHeldBytes));
        }
        context.register(new UnmappedException(), Integer.MAX_VALUE);
        return true;
    }

    /** Jersey counts the bytes of an answer before it sends any, up to a bound that a flush does not change. */
    private static int bufferOf(Configuration settings) {
        if (!RuntimeDelegate.getInstance().getClass().getName().startsWith("org.glassfish.jersey.")) {
            return 0;
        }
        for (String name : List.of("jersey.config.server.contentLength.buffer", "jersey.config.contentLength.buffer")) {
            Object set = settings.getProperty(name);
            if (set != null && set.toString().matches("[0-9]{1,8}")) {
                return Integer.parseInt(set.toString());
            }
        }
        return 8192;
    }

    /** Without the class the annotation is not there, and says nothing. */
    private static void requirePriorities() {
        try {
            Class.forName("jakarta.annotation.Priority", false, EntryFilter.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "The mount of mcp-guard",
                    "jakarta.annotation-api is missing, without which its first filter is not the first");
        }
    }
}
