package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.sink.FileSink;
import io.mcpguard.core.sink.LogSink;
import io.mcpguard.core.sink.http.HttpSink;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Sinks that properties name. */
class AuditSinkPropertiesTest {

    private static final String SINKS = "mcp.guard.audit.sinks.";
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static AuditSinkProperties bound(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>();
        properties.forEach((name, value) -> all.put(SINKS + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("mcp.guard.audit", Bindable.of(AuditSinkProperties.class));
    }

    private static Map<String, AuditSink> made(AuditSinkProperties properties) {
        return new NamedSinks(AuditReporter.of("orders"), InstantSource.system()).with(Map.of(), properties.sinks());
    }

    private static List<String> mistakes(Map<String, String> properties) {
        ConfigurationException why = catchThrowableOfType(ConfigurationException.class, () -> made(bound(properties)));
        assertThat(why).isNotNull();
        assertThat(why.getMessage()).doesNotContain(TOKEN);
        return why.problems();
    }

    @Test
    void nothing_is_set_by_itself() {
        assertThat(made(bound(Map.of()))).isEmpty();
    }

    @Test
    void each_type_makes_its_sink() {
        Map<String, AuditSink> sinks = made(bound(Map.of(
                "lines.type", "file",
                "lines.file", "/var/log/orders/audit.jsonl",
                "console.type", "log",
                "hook.type", "webhook",
                "hook.address", "https://hook.example.com/" + TOKEN,
                "hook.token", TOKEN)));

        assertThat(sinks.get("lines")).isInstanceOf(FileSink.class);
        assertThat(sinks.get("console")).isInstanceOf(LogSink.class);
        assertThat(sinks.get("hook")).isInstanceOf(HttpSink.class).hasToString("Webhook at https://hook.example.com");
    }

    @Test
    void every_mistake_of_every_sink_is_named_at_once() {
        assertThat(mistakes(Map.of(
                        "a.type", "splunk",
                        "a.address", "http://splunk.example.com:8088",
                        "a.token", TOKEN + " x",
                        "b.type", "elastic",
                        "b.token", TOKEN,
                        "b.tags", "x",
                        "c.token", TOKEN,
                        "d.type", "webhook",
                        "d.address", "https://hook.example.com/ " + TOKEN)))
                .containsExactlyInAnyOrder(
                        SINKS + "a: address is http; records go over https to any machine but this one",
                        SINKS + "a: token holds a space, a line end or another character that no header takes",
                        SINKS + "b.tags is not for type elastic",
                        SINKS + "b.address is not set, and type elastic needs it",
                        SINKS + "b.index is not set, and type elastic needs it",
                        SINKS + "c.type is not set: file, log, splunk, elastic, datadog or webhook",
                        SINKS + "d.signing-key is not set, and type webhook needs it");
    }

    @Test
    void a_webhook_address_that_is_none_is_not_shown() {
        assertThat(mistakes(Map.of(
                        "d.type", "webhook", "d.address", "https://hook.example.com/ " + TOKEN, "d.token", TOKEN)))
                .containsExactly(SINKS + "d: address is no address");
    }

    @Test
    void a_file_without_bytes_is_a_mistake_too() {
        assertThat(mistakes(Map.of("a.type", "file", "a.file", "audit.jsonl", "a.max-size", "0B")))
                .singleElement()
                .asString()
                .startsWith(SINKS + "a: an audit file has at least 1 byte");
    }

    @Test
    void a_name_belongs_to_one_sink() {
        ConfigurationException why = catchThrowableOfType(
                ConfigurationException.class,
                () -> new NamedSinks(AuditReporter.of("orders"), InstantSource.system())
                        .with(
                                Map.of("a", events -> {}),
                                bound(Map.of("a.type", "log")).sinks()));

        assertThat(why.problems()).containsExactly(SINKS + "a: a bean of type AuditSink has this name too");
    }

    @Test
    void what_is_set_shows_no_secret() {
        AuditSinkProperties properties = bound(Map.of(
                "a.type", "webhook",
                "a.address", "https://hook.example.com/" + TOKEN,
                "a.token", TOKEN,
                "a.signing-key", TOKEN,
                "a.password", TOKEN));

        assertThat(properties.toString()).contains("WEBHOOK", "signing-key").doesNotContain(TOKEN);
    }

    @Test
    void the_examples_that_are_shown_are_without_mistakes() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/audit-sink.md")));
        List<String> types = new ArrayList<>();
        while (example.find()) {
            List<PropertySource<?>> sources = new YamlPropertySourceLoader()
                    .load(
                            "example",
                            new ByteArrayResource(example.group(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            PlaceholdersResolver environment = value -> value instanceof String text && text.startsWith("${")
                    ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                    : value;
            AuditSinkProperties properties = new Binder(ConfigurationPropertySources.from(sources), environment)
                    .bind("mcp.guard.audit", Bindable.of(AuditSinkProperties.class))
                    .get();
            made(properties).keySet().forEach(types::add);
        }

        assertThat(types).containsExactlyInAnyOrder("siem", "elastic", "datadog", "archive", "agent", "console");
    }
}
