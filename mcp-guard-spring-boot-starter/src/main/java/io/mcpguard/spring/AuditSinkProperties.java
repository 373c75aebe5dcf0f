package io.mcpguard.spring;

import io.mcpguard.core.sink.http.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where records of the audit trail go beside the journal. Beans of type AuditSink are fed too.
 *
 * @param sinks Each sink by a name of its own, under which is remembered how far it has got.
 * @since 0.1
 */
@ConfigurationProperties("mcp.guard.audit")
public record AuditSinkProperties(@DefaultValue Map<String, Sink> sinks) {

    /** Keeps a map of its own. */
    public AuditSinkProperties {
        sinks = Map.copyOf(sinks);
    }

    /** What a sink is. */
    public enum SinkType {
        /** Lines of a file that a log agent reads. */
        FILE,
        /** Lines of the service's own log. */
        LOG,
        /** HTTP Event Collector of Splunk. */
        SPLUNK,
        /** Bulk API of Elasticsearch and OpenSearch. */
        ELASTIC,
        /** Logs intake of Datadog. */
        DATADOG,
        /** Any receiver of JSON over HTTPS. */
        WEBHOOK
    }

    /** How a record is written. */
    public enum SinkFormat {
        /** The guard's own JSON, with everything. */
        JSON,
        /** OCSF. */
        OCSF,
        /** Elastic Common Schema. */
        ECS,
        /** Common Event Format. */
        CEF,
        /** Log Event Extended Format. */
        LEEF
    }

    /**
     * One sink. Which of these it takes depends on its type; others are refused.
     *
     * @param type What it is.
     * @param format How a record is written; ocsf for Splunk and Datadog, ecs for Elastic, else json, when not set.
     * @param address Address of the service; https, unless it is on this machine.
     * @param token Token of Splunk, API key of Elastic or Datadog, or bearer token of a webhook; from the environment, such as
     *     ${SPLUNK_TOKEN}.
     * @param index Index of Splunk; index or data stream of Elastic.
     * @param sourcetype Type of the source at Splunk.
     * @param acknowledgment When events that no indexer of Splunk has acknowledged are sent again; without it, nobody asks.
     * @param user User of Elastic, in the place of an API key.
     * @param password Password of that user.
     * @param tags Tags of Datadog, such as env:production.
     * @param signingKey Key that requests of a webhook are signed with: whsec_ and the base64 of 24 to 64 random bytes.
     * @param lines Whether a webhook gets a record a line instead of an array.
     * @param caFile File of the certificates, in PEM, whose holders vouch for the service, in the place of those that Java knows.
     * @param timeout Longest time for a batch of up to 512 records; 4 seconds when not set.
     * @param file The newest lines, of type file.
     * @param maxSize Size from which on a file is put aside; 100 MB when not set.
     * @param maxFiles How many files that were put aside stay; 10 when not set.
     * @since 0.1
     */
    public record Sink(
            @Nullable SinkType type,
            @Nullable SinkFormat format,
            @Nullable String address,
            @Nullable Secret token,
            @Nullable String index,
            @Nullable String sourcetype,
            @Nullable Duration acknowledgment,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable String tags,
            @Nullable Secret signingKey,
            @Nullable Boolean lines,
            @Nullable String caFile,
            @Nullable Duration timeout,
            @Nullable String file,
            @Nullable DataSize maxSize,
            @Nullable Integer maxFiles) {

        /** What is set beside type and format, by the names of the settings. */
        Map<String, Object> settings() {
            Map<String, Object> set = new TreeMap<>();
            put(set, "address", address);
            put(set, "token", token);
            put(set, "index", index);
            put(set, "sourcetype", sourcetype);
            put(set, "acknowledgment", acknowledgment);
            put(set, "user", user);
            put(set, "password", password);
            put(set, "tags", tags);
            put(set, "signing-key", signingKey);
            put(set, "lines", lines);
            put(set, "ca-file", caFile);
            put(set, "timeout", timeout);
            put(set, "file", file);
            put(set, "max-size", maxSize);
            put(set, "max-files", maxFiles);
            return set;
        }

        private static void put(Map<String, Object> set, String name, @Nullable Object value) {
            if (value != null) {
                set.put(name, value);
            }
        }

        /** Without what is set: the address of a webhook can be a secret too. */
        @Override
        public String toString() {
            return "Sink[" + type + ", " + settings().keySet() + "]";
        }
    }
}
