package io.mcpguard.spring;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.audit.ValueRule.Keep;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.AuditLevels.Calls;
import io.mcpguard.core.guard.DenialRecords;
import io.mcpguard.core.guard.UnrecordedCalls;
import io.mcpguard.core.guard.UnrecordedCalls.Passing;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.profile.ToolMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of the guard. Everything has a default; profiles and keys are made by {@code mcp-guard init}.
 *
 * @param enabled Whether the service offers the MCP endpoint and guards keys of its own issue on REST; without it the guard is
 *     as if it were not there.
 * @param path Path of the MCP endpoint, below the context path of the service.
 * @param home Folder that holds the profiles file, the key folder and the audit folder, unless those are set themselves.
 * @param profiles Where profiles are.
 * @param keys Where secret keys are.
 * @param audit What is recorded, and where.
 * @param limits Limits that hold whatever the profiles say.
 * @param allowedRoles Roles that profiles may give to callers with an API key, spelled as in hasRole(...). A profile that
 *     names another role refuses to load. Empty means that no profile may give a role.
 * @param allowedOrigins Origins of web pages whose scripts may call the MCP endpoint, such as https://app.example.com. Requests
 *     without an Origin header, which is what AI clients other than browsers send, are not affected.
 * @param allowedHosts Host names under which the MCP endpoint may be called, such as api.example.com for any port or
 *     api.example.com:8443 for one. Empty allows loopback names only, such as localhost.
 * @param tools How operations are shown to AI clients whose profile does not say: four tools to list, search, describe and call
 *     them, or a tool for each operation that the profile may call.
 * @param invoker How calls of AI clients reach the operations of the service.
 * @param maxRequestBytes Largest request the MCP endpoint reads.
 * @param maxResponseBytes How much of an operation's answer an AI client gets; what is longer is cut, and says so.
 * @param callTimeout Longest time an operation may take when an AI client calls it.
 * @param serviceName Name of the service in records and for AI clients; spring.application.name when not set.
 * @param allowTestKeys Whether keys of the kind test are accepted. Not for production.
 * @since 0.1
 */
@ConfigurationProperties("mcp.guard")
public record McpGuardProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/mcp") String path,
        @DefaultValue("./mcp-guard") String home,
        @DefaultValue Profiles profiles,
        @DefaultValue Keys keys,
        @DefaultValue Audit audit,
        @DefaultValue Limits limits,
        @DefaultValue Set<String> allowedRoles,
        @DefaultValue Set<String> allowedOrigins,
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("fixed") ToolMode tools,
        @DefaultValue("auto") InvokerChoice invoker,
        @DefaultValue("1MB") DataSize maxRequestBytes,
        @DefaultValue("1MB") DataSize maxResponseBytes,
        @DefaultValue("30s") Duration callTimeout,
        @Nullable String serviceName,
        @DefaultValue("false") boolean allowTestKeys) {

    /** How calls of AI clients reach the operations of the service. */
    public enum InvokerChoice {
        /** By re-entry into the server where a check at start-up proves it equal to a request on the wire, else by loopback. */
        AUTO,
        /** By a request to the service's own port. */
        LOOPBACK
    }

    /** Which REST requests leave a record. */
    public enum RestRecords {
        /** Those that present a profile. */
        PROFILES,
        /** All of them, also those that the guard has no part in. */
        ALL
    }

    /**
     * Where profiles are.
     *
     * @param file The profiles file; profiles.yaml in the home folder when not set. It is read again whenever it changes.
     * @since 0.1
     */
    public record Profiles(@Nullable String file) {}

    /**
     * Where secret keys are.
     *
     * @param folder The key folder; keys in the home folder when not set.
     * @since 0.1
     */
    public record Keys(@Nullable String folder) {}

    /**
     * What is recorded, and where.
     *
     * @param folder The audit folder; audit in the home folder when not set. One process writes to it at a time.
     * @param rest Which REST requests leave a record.
     * @param appendTimeout Longest time a call waits for its record; a call that cannot be recorded is refused.
     * @param levels What a record must have survived before the call goes on.
     * @param quota Most room that the journal takes, at least 256MB; a quarter of it is kept for calls that are let through. The disk
     *     is the bound when not set.
     * @param retention How long records stay at least; older ones are deleted once every sink has them. For ever when not set.
     * @param unrecorded What becomes of calls while the audit trail cannot be written.
     * @param denials How many records refusals get: one each, or one a second for all that repeat one.
     * @param nodeName Name of this node of the service in checkpoints; the name of the machine when not set.
     * @param checkpoints When signed checkpoints of the journal are made.
     * @param values What is kept of values that callers pass. Each entry has a pointer, such as /path/orderId, and what to keep:
     *     clear, mask, hmac or drop. The first that covers a value decides; what none covers is hashed.
     * @param tenant Separates the hashes of tenants that share a key for audit values.
     * @since 0.1
     */
    public record Audit(
            @Nullable String folder,
            @DefaultValue("profiles") RestRecords rest,
            @DefaultValue("2s") Duration appendTimeout,
            @DefaultValue Levels levels,
            @Nullable DataSize quota,
            @Nullable Duration retention,
            @DefaultValue Unrecorded unrecorded,
            @DefaultValue("each") DenialRecords denials,
            @Nullable String nodeName,
            @DefaultValue Checkpoints checkpoints,
            @DefaultValue List<KeptValue> values,
            @DefaultValue("") String tenant) {

        /** Keeps a list of its own. */
        public Audit {
            values = List.copyOf(values);
        }

        ValuePolicy policy() {
            return new ValuePolicy(tenant, values.stream().map(KeptValue::rule).toList());
        }
    }

    /**
     * What is kept of some values.
     *
     * @param operation Id of the operation or name of the feature; every one when not set.
     * @param pointer JSON Pointer of the values, in which * stands for any one token.
     * @param keep What is kept of them.
     * @param correlate Name of what the values are, such as order-id: their hashes are then the same wherever a rule has the same
     *     name. With hmac only.
     * @since 0.1
     */
    public record KeptValue(
            @DefaultValue("*") String operation,
            @Nullable String pointer,
            @Nullable Keep keep,
            @Nullable String correlate) {

        ValueRule rule() {
            if (pointer == null || keep == null) {
                throw new IllegalArgumentException(
                        "each needs a pointer, such as /path/orderId, and keep: clear, mask, hmac or drop");
            }
            if (correlate == null) {
                return ValueRule.of(operation, pointer, keep);
            }
            if (keep != Keep.HMAC) {
                throw new IllegalArgumentException("only hashes correlate; write keep: hmac for " + pointer);
            }
            return ValueRule.correlating(operation, pointer, correlate);
        }
    }

    /**
     * What becomes of calls while the audit trail cannot be written: none of them is made, only those that change nothing (reads),
     * or all. The trail says how many were made without a record as soon as it can be written again.
     *
     * @param mcp Calls of AI clients.
     * @param rest Requests to the REST API that leave a record.
     * @since 0.1
     */
    public record Unrecorded(
            @DefaultValue("none") Passing mcp,
            @DefaultValue("none") Passing rest) {

        UnrecordedCalls toUnrecordedCalls() {
            return new UnrecordedCalls(mcp, rest);
        }
    }

    /**
     * What a record must have survived before the call goes on: memory (nothing), process (the death of the process), or power
     * (the loss of power).
     *
     * @param mcpIntent Of the record before an operation runs for an AI client.
     * @param mcpOutcome Of the record before the answer leaves to an AI client.
     * @param restIntent Of the record before an operation runs for a request with a key.
     * @param restOutcome Of the record before the answer of such a request leaves.
     * @since 0.1
     */
    public record Levels(
            @DefaultValue("power") AuditLevel mcpIntent,
            @DefaultValue("process") AuditLevel mcpOutcome,
            @DefaultValue("process") AuditLevel restIntent,
            @DefaultValue("process") AuditLevel restOutcome) {

        AuditLevels toLevels() {
            return new AuditLevels(new Calls(mcpIntent, mcpOutcome), new Calls(restIntent, restOutcome));
        }
    }

    /**
     * When signed checkpoints of the journal are made. Without a key for them, which mcp-guard init makes, there are none.
     *
     * @param interval A checkpoint is made when so much time has gone by since the last, also when nothing was recorded.
     * @param records A checkpoint is made when so many records have been written since the last.
     * @since 0.1
     */
    public record Checkpoints(
            @DefaultValue("5m") Duration interval,
            @DefaultValue("10000") long records) {}

    /**
     * Limits that hold whatever the profiles say.
     *
     * @param refusalsPerMinute How often in a minute one address may fail to authenticate or send malformed requests before it
     *     is told to wait.
     * @param listingsPerMinute How often in a minute one profile may list, search and describe operations.
     * @since 0.1
     */
    public record Limits(
            @DefaultValue("60") int refusalsPerMinute,
            @DefaultValue("600") int listingsPerMinute) {}

    /** Checks all of it and names every mistake at once. */
    public McpGuardProperties {
        allowedRoles = Set.copyOf(allowedRoles);
        allowedOrigins = Set.copyOf(allowedOrigins);
        allowedHosts = Set.copyOf(allowedHosts);
        List<String> mistakes = new ArrayList<>();
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            mistakes.add("mcp.guard.path must be a plain path such as /mcp, not '" + path + "'");
        }
        if (home.isBlank()) {
            mistakes.add("mcp.guard.home must name a folder, such as ./mcp-guard");
        }
        positive(maxRequestBytes, "max-request-bytes", mistakes);
        positive(maxResponseBytes, "max-response-bytes", mistakes);
        positive(callTimeout, "call-timeout", mistakes);
        positive(audit.appendTimeout(), "audit.append-timeout", mistakes);
        positive(audit.checkpoints().interval(), "audit.checkpoints.interval", mistakes);
        if (audit.checkpoints().records() < 1) {
            mistakes.add("mcp.guard.audit.checkpoints.records must be at least 1");
        }
        if (limits.refusalsPerMinute() < 1 || limits.listingsPerMinute() < 1) {
            mistakes.add("mcp.guard.limits.* must be at least 1 a minute");
        }
        for (String origin : allowedOrigins) {
            if (!origin.matches("https?://[^/\\s*]+")) {
                mistakes.add(
                        "mcp.guard.allowed-origins must list origins such as https://app.example.com, without a path"
                                + " and without '*', not '" + origin + "'");
            }
        }
        for (String host : allowedHosts) {
            if (!host.matches("[A-Za-z0-9.\\[\\]:_-]+")) {
                mistakes.add(
                        "mcp.guard.allowed-hosts must list hosts such as api.example.com or api.example.com:8443, not '"
                                + host + "'");
            }
        }
        try {
            audit.policy();
        } catch (IllegalArgumentException e) {
            mistakes.add("mcp.guard.audit.values and mcp.guard.audit.tenant: " + e.getMessage());
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    private static void positive(DataSize size, String name, List<String> mistakes) {
        if (size.toBytes() < 1 || size.toBytes() > Integer.MAX_VALUE) {
            mistakes.add("mcp.guard." + name + " must be between 1B and 2047MB, not " + size.toBytes() + "B");
        }
    }

    private static void positive(Duration duration, String name, List<String> mistakes) {
        if (duration.isNegative() || duration.isZero()) {
            mistakes.add("mcp.guard." + name + " must be longer than nothing, such as 5s");
        }
    }

    /**
     * Returns the profiles file in use.
     *
     * @return the file
     */
    public Path profilesFile() {
        return under(profiles.file(), "profiles.yaml");
    }

    /**
     * Returns the key folder in use.
     *
     * @return the folder
     */
    public Path keyFolder() {
        return under(keys.folder(), "keys");
    }

    /**
     * Returns the audit folder in use.
     *
     * @return the folder
     */
    public Path auditFolder() {
        return under(audit.folder(), "audit");
    }

    private Path under(@Nullable String set, String name) {
        return set == null || set.isBlank() ? Path.of(home, name) : Path.of(set);
    }
}
