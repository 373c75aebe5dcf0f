package io.mcpguard.spring;

import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.CefFormat;
import io.mcpguard.core.format.EcsFormat;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.format.LeefFormat;
import io.mcpguard.core.format.OcsfFormat;
import io.mcpguard.core.sink.FileSink;
import io.mcpguard.core.sink.LogSink;
import io.mcpguard.core.sink.http.DatadogLogs;
import io.mcpguard.core.sink.http.ElasticBulk;
import io.mcpguard.core.sink.http.HttpSink;
import io.mcpguard.core.sink.http.HttpTemplate;
import io.mcpguard.core.sink.http.Secret;
import io.mcpguard.core.sink.http.SplunkHec;
import io.mcpguard.core.sink.http.Webhook;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.spring.AuditSinkProperties.Sink;
import io.mcpguard.spring.AuditSinkProperties.SinkFormat;
import io.mcpguard.spring.AuditSinkProperties.SinkType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes sinks from properties, or names everything that is wrong with them. Values that are set are never in a message. */
final class NamedSinks {

    private static final String PREFIX = "mcp.guard.audit.sinks.";
    private static final long MAX_SIZE = 100_000_000;
    private static final int MAX_FILES = 10;

    private final AuditReporter reporter;
    private final InstantSource clock;
    private final List<String> mistakes = new ArrayList<>();

    NamedSinks(AuditReporter reporter, InstantSource clock) {
        this.reporter = reporter;
        this.clock = clock;
    }

    /** The sinks of beans and of properties together. */
    Map<String, AuditSink> with(Map<String, AuditSink> beans, Map<String, Sink> properties) {
        Map<String, AuditSink> all = new LinkedHashMap<>(beans);
        new TreeMap<>(properties).forEach((name, set) -> {
            if (beans.containsKey(name)) {
                mistakes.add(PREFIX + name + ": a bean of type AuditSink has this name too");
            }
            AuditSink sink = sink(PREFIX + name, set);
            if (sink != null) {
                all.put(name, sink);
            }
        });
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException("audit sinks", mistakes);
        }
        return all;
    }

    private @Nullable AuditSink sink(String place, Sink set) {
        SinkType type = set.type();
        if (type == null) {
            mistakes.add(place + ".type is not set: file, log, splunk, elastic, datadog or webhook");
            return null;
        }
        int before = mistakes.size();
        Set<String> taken = taken(type);
        String word = type.name().toLowerCase(Locale.ROOT);
        for (String name : set.settings().keySet()) {
            if (!taken.contains(name)) {
                mistakes.add(place + "." + name + " is not for type " + word);
            }
        }
        for (String name : needed(type, set)) {
            if (!set.settings().containsKey(name)) {
                mistakes.add(place + "." + name + " is not set, and type " + word + " needs it");
            }
        }
        if (mistakes.size() > before) {
            return null;
        }
        try {
            return make(type, set);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> mistakes.add(place + ": " + problem));
        } catch (IllegalArgumentException e) {
            mistakes.add(place + ": " + e.getMessage());
        }
        return null;
    }

    private static Set<String> taken(SinkType type) {
        return switch (type) {
            case FILE -> Set.of("file", "max-size", "max-files");
            case LOG -> Set.of();
            case SPLUNK -> Set.of("address", "token", "index", "sourcetype", "acknowledgment", "ca-file", "timeout");
            case ELASTIC -> Set.of("address", "token", "index", "user", "password", "ca-file", "timeout");
            case DATADOG -> Set.of("address", "token", "tags", "ca-file", "timeout");
            case WEBHOOK -> Set.of("address", "token", "signing-key", "lines", "ca-file", "timeout");
        };
    }

    private static List<String> needed(SinkType type, Sink set) {
        return switch (type) {
            case FILE -> List.of("file");
            case LOG -> List.of();
            case SPLUNK, DATADOG -> List.of("address", "token");
            case ELASTIC ->
                set.user() == null && set.password() == null
                        ? List.of("address", "index")
                        : List.of("address", "index", "user", "password");
            case WEBHOOK -> set.token() == null ? List.of("address", "signing-key") : List.of("address");
        };
    }

    private AuditSink make(SinkType type, Sink set) {
        return switch (type) {
            case FILE -> file(set);
            case LOG -> new LogSink(format(set, SinkFormat.JSON));
            case SPLUNK -> http(set, splunk(set), SinkFormat.OCSF);
            case ELASTIC -> http(set, elastic(set), SinkFormat.ECS);
            case DATADOG -> http(set, datadog(set), SinkFormat.OCSF);
            case WEBHOOK -> http(set, webhook(set), SinkFormat.JSON);
        };
    }

    private AuditSink file(Sink set) {
        return new FileSink(
                Path.of(Objects.requireNonNull(set.file())),
                format(set, SinkFormat.JSON),
                set.maxSize() == null ? MAX_SIZE : set.maxSize().toBytes(),
                set.maxFiles() == null ? MAX_FILES : set.maxFiles(),
                clock);
    }

    private AuditSink http(Sink set, HttpTemplate template, SinkFormat usual) {
        HttpSink.Builder builder =
                HttpSink.builder(address(set), template, format(set, usual)).clock(clock);
        if (set.timeout() != null) {
            builder.timeout(set.timeout());
        }
        if (set.caFile() != null) {
            builder.trusting(Path.of(set.caFile()));
        }
        return builder.build();
    }

    private static URI address(Sink set) {
        try {
            return new URI(Objects.requireNonNull(set.address()));
        } catch (URISyntaxException e) {
            // Its message shows the address, which can be a secret.
            throw new ConfigurationException("audit sink", "address is no address");
        }
    }

    private static HttpTemplate splunk(Sink set) {
        SplunkHec splunk = SplunkHec.withToken(secret(set.token()));
        splunk = set.index() == null ? splunk : splunk.index(set.index());
        splunk = set.sourcetype() == null ? splunk : splunk.sourcetype(set.sourcetype());
        return set.acknowledgment() == null ? splunk : splunk.acknowledged(set.acknowledgment());
    }

    private static HttpTemplate elastic(Sink set) {
        ElasticBulk elastic = ElasticBulk.into(Objects.requireNonNull(set.index()));
        elastic = set.token() == null ? elastic : elastic.apiKey(set.token());
        return set.user() == null ? elastic : elastic.login(set.user(), secret(set.password()));
    }

    private HttpTemplate datadog(Sink set) {
        DatadogLogs datadog = DatadogLogs.withKey(secret(set.token()), reporter.service());
        return set.tags() == null ? datadog : datadog.tags(set.tags());
    }

    private static HttpTemplate webhook(Sink set) {
        Webhook webhook = set.signingKey() == null
                ? Webhook.withToken(secret(set.token()))
                : Webhook.signedWith(set.signingKey());
        webhook = set.token() == null ? webhook : webhook.token(set.token());
        return Boolean.TRUE.equals(set.lines()) ? webhook.asLines() : webhook;
    }

    private static Secret secret(@Nullable Secret needed) {
        return Objects.requireNonNull(needed);
    }

    private AuditFormat format(Sink set, SinkFormat usual) {
        return switch (set.format() == null ? usual : set.format()) {
            case JSON -> new JournalJsonFormat();
            case OCSF -> new OcsfFormat(reporter);
            case ECS -> new EcsFormat(reporter);
            case CEF -> CefFormat.version0(reporter);
            case LEEF -> new LeefFormat(reporter);
        };
    }
}
