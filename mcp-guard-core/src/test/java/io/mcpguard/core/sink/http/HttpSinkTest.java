package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.core.format.CefFormat;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.sink.SomeEvents;
import io.mcpguard.core.sink.http.LogService.Reply;
import io.mcpguard.core.sink.http.LogService.Seen;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every template has in common, and what only one of them has. */
class HttpSinkTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    private @Nullable LogService service;

    private <S extends LogService> S running(S started) {
        service = started;
        return started;
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    private static HttpSink sink(LogService to, HttpTemplate template) {
        return sink(to, template, new JournalJsonFormat());
    }

    private static HttpSink sink(LogService to, HttpTemplate template, AuditFormat format) {
        return HttpSink.builder(URI.create("http://127.0.0.1:" + to.port() + "/base/"), template, format)
                .clock(() -> NOW)
                .build();
    }

    private static HttpTemplate splunk() {
        return SplunkHec.withToken(Secret.of(TOKEN));
    }

    private static AuditWriteException refused(HttpSink sink, List<AuditEvent> events) {
        AuditWriteException why = catchThrowableOfType(AuditWriteException.class, () -> sink.write(events));
        assertThat(why).isNotNull();
        StringWriter all = new StringWriter();
        why.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(TOKEN, "secret", "/base", "hmac-sha256");
        return why;
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() {
        TestCertificate certificate = TestCertificate.ofLocalhost();
        LogService secure = running(new LogServices.Splunk(certificate, false));
        HttpSink sink = HttpSink.builder(
                        URI.create("https://localhost:" + secure.port()), splunk(), new JournalJsonFormat())
                .build();

        assertThat(refused(sink, SomeEvents.events(1)))
                .hasMessageContaining("cannot be trusted")
                .hasMessageContaining("ca-file");
        assertThat(secure.seen()).isEmpty();
    }

    @Test
    void a_certificate_for_another_host_is_refused() {
        TestCertificate certificate = TestCertificate.ofLocalhost();
        LogService secure = running(new LogServices.Splunk(certificate, false));
        HttpSink sink = HttpSink.builder(
                        URI.create("https://127.0.0.1:" + secure.port()), splunk(), new JournalJsonFormat())
                .trusting(certificate.pem())
                .build();

        assertThat(refused(sink, SomeEvents.events(1))).hasMessageContaining("cannot be trusted");
        assertThat(secure.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | PT7S",
                "Sun, 01 Mar 2026 10:02:00 GMT | PT2M",
                "Sun, 01 Mar 2026 09:00:00 GMT | PT0S",
                "99999999999999999999          | PT1H",
            })
    void the_wait_that_a_service_names_is_passed_on(String header, String wait) {
        LogService busy = running(new LogServices.Splunk(null, false));
        busy.answering(new Reply(503, "{\"code\":9}"), Map.of("Retry-After", header));

        assertThat(refused(sink(busy, splunk()), SomeEvents.events(1)).retryAfter())
                .contains(Duration.parse(wait));
    }

    @Test
    void a_wait_that_is_none_is_passed_over() {
        LogService busy = running(new LogServices.Splunk(null, false));
        busy.answering(new Reply(429, "{}"), Map.of("Retry-After", "soon"));

        assertThat(refused(sink(busy, splunk()), SomeEvents.events(1)).retryAfter())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | 3  | setting token",
                "403 | 4  | setting token",
                "403 | 1  | disabled",
                "400 | 7  | setting index",
                "400 | 10 | set acknowledgment",
                "400 | 6  | settings address, index and format",
                "302 | 0  | setting address",
                "500 | 8  | problem of its own",
                "429 | 9  | busy"
            })
    void a_refusal_names_the_setting(int status, int code, String advice) {
        LogService strict = running(new LogServices.Splunk(null, false));
        strict.answering(
                new Reply(status, "{\"text\":\"secret of " + TOKEN + "\",\"code\":" + code + "}"),
                Map.of("Location", "http://127.0.0.1:" + strict.port() + "/elsewhere"));

        assertThat(refused(sink(strict, splunk()), SomeEvents.events(1)))
                .hasMessageStartingWith("Splunk at http://127.0.0.1:" + strict.port() + " answered " + status + ":")
                .hasMessageContaining(advice);
        assertThat(strict.seen()).hasSize(1);
    }

    @Test
    void an_answer_without_an_end_is_not_read_to_it() {
        LogService talkative = running(new LogServices.Splunk(null, false));
        talkative.answering(new Reply(200, "{\"code\":0,\"text\":\"" + "x".repeat(3 << 20) + "\"}"), Map.of());

        assertThat(refused(sink(talkative, splunk()), SomeEvents.events(1)))
                .hasMessageContaining("does not answer as an HTTP Event Collector does");
    }

    @Test
    void a_request_that_is_too_large_is_halved_from_then_on() {
        LogService small = running(new LogServices.Hook(null));
        HttpSink sink = sink(small, Webhook.withToken(Secret.of(TOKEN)));
        List<AuditEvent> events = SomeEvents.events(100);
        small.answering(new Reply(413, ""), Map.of());
        assertThat(refused(sink, events)).hasMessageContaining("too large");
        small.answering(null, Map.of());

        sink.write(events);

        assertThat(small.events()).isEqualTo(events);
        int first = small.seen().get(0).body().length();
        assertThat(small.seen().subList(1, small.seen().size()))
                .hasSizeGreaterThan(1)
                .allSatisfy(request -> assertThat(request.body().length()).isLessThanOrEqualTo(first / 2 + 1));
    }

    @Test
    void what_was_kept_of_a_batch_is_not_sent_again() {
        LogService small = running(new LogServices.Hook(null));
        HttpSink sink = sink(small, Webhook.withToken(Secret.of(TOKEN)));
        List<AuditEvent> events = SomeEvents.events(60);
        sink.write(events.subList(0, 40));

        sink.write(events);

        assertThat(small.events()).isEqualTo(events);
    }

    @Test
    void an_interrupted_batch_is_given_up_and_the_interrupt_stays() {
        LogService deaf = running(new LogServices.Hook(null));
        deaf.trouble(LogService.Trouble.HANGS);
        HttpSink sink = sink(deaf, Webhook.withToken(Secret.of(TOKEN)));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> sink.write(SomeEvents.events(1)))
                .isInstanceOf(AuditWriteException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void splunk_gets_time_source_and_index_beside_the_record() {
        LogService splunk = running(new LogServices.Splunk(null, false));
        SplunkHec template = SplunkHec.withToken(Secret.of(TOKEN))
                .index("audit")
                .sourcetype("a:b")
                .source("s\"");

        sink(splunk, template).write(SomeEvents.events(2));

        Seen request = splunk.seen().get(0);
        assertThat(request.uri()).hasPath("/base/services/collector/event");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Splunk " + TOKEN);
        assertThat(request.body())
                .startsWith("{\"time\":1767268800.000,\"source\":\"s\\\"\",\"sourcetype\":\"a:b\",\"index\":\"audit\","
                        + "\"event\":{\"arguments\"")
                .contains("}\n{\"time\":1767268800.001,");
    }

    @Test
    void a_format_that_is_no_json_is_sent_as_a_text() {
        LogService splunk = running(new LogServices.Splunk(null, false));
        AuditFormat cef = CefFormat.version0(io.mcpguard.audit.AuditReporter.of("orders"));

        sink(splunk, splunk(), cef).write(SomeEvents.events(1));

        assertThat(splunk.seen().get(0).body()).contains("\"event\":\"CEF:0|mcp-guard|");
    }

    @Test
    void splunk_without_tickets_is_not_taken_for_one_that_acknowledges() {
        LogService silent = running(new LogServices.Splunk(null, false));
        HttpSink sink = sink(silent, SplunkHec.withToken(Secret.of(TOKEN)).acknowledged(Duration.ofSeconds(30)));

        assertThat(refused(sink, SomeEvents.events(1))).hasMessageContaining("setting acknowledgment");
    }

    @Test
    void only_services_that_say_that_they_keep_events_confirm() {
        assertThat(splunk().confirms()).isFalse();
        assertThat(SplunkHec.withToken(Secret.of(TOKEN))
                        .acknowledged(Duration.ofMinutes(1))
                        .confirms())
                .isTrue();
        assertThat(ElasticBulk.into("audit").confirms()).isTrue();
        assertThat(DatadogLogs.withKey(Secret.of(TOKEN), "orders").confirms()).isFalse();
        assertThat(Webhook.signedWith(Secret.of(KEY)).confirms()).isTrue();
    }

    @Test
    void elastic_is_sent_again_only_what_it_did_not_keep() {
        LogServices.Elastic elastic = running(new LogServices.Elastic(null));
        HttpSink sink = sink(elastic, ElasticBulk.into("audit").login("writer", Secret.of(TOKEN)));
        List<AuditEvent> events = SomeEvents.events(5);
        elastic.refusing(2);

        assertThat(refused(sink, events))
                .hasMessageContaining("has not kept 1 of 5 events")
                .hasMessageContaining("document_parsing_exception")
                .hasMessageContaining("mapping");
        elastic.refusing(-1);
        sink.write(events);

        assertThat(elastic.events()).containsExactlyInAnyOrderElementsOf(events);
        assertThat(elastic.records(elastic.seen().get(1))).hasSize(1);
        Seen request = elastic.seen().get(0);
        assertThat(request.uri()).hasPath("/base/audit/_bulk");
        assertThat(request.headers().getFirst("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("writer:" + TOKEN).getBytes(UTF_8)));
    }

    @Test
    void elastic_knows_an_event_that_another_process_has_sent() {
        LogService elastic = running(new LogServices.Elastic(null));
        List<AuditEvent> events = SomeEvents.events(5);
        sink(elastic, ElasticBulk.into("audit")).write(events.subList(0, 3));

        sink(elastic, ElasticBulk.into("audit")).write(events);

        assertThat(elastic.events()).isEqualTo(events);
    }

    @Test
    void datadog_gets_the_key_in_a_header_and_the_record_as_message() {
        LogService datadog = running(new LogServices.Datadog(null));

        sink(datadog, DatadogLogs.withKey(Secret.of(TOKEN), "orders").tags("env:test"))
                .write(SomeEvents.events(1));

        Seen request = datadog.seen().get(0);
        assertThat(request.uri()).hasPath("/base/api/v2/logs");
        assertThat(request.headers().getFirst("DD-API-KEY")).isEqualTo(TOKEN);
        assertThat(request.body())
                .startsWith("[{\"ddsource\":\"mcp-guard\",\"service\":\"orders\",\"ddtags\":\"env:test\",\"timestamp\":"
                        + "\"2026-01-01T12:00:00Z\",\"message\":\"{\\\"arguments\\\"");
    }

    @Test
    void a_receiver_can_check_who_has_sent_a_webhook_and_knows_a_batch_again() throws GeneralSecurityException {
        LogService hook = running(new LogServices.Hook(null));
        List<AuditEvent> events = SomeEvents.events(2);
        sink(hook, Webhook.signedWith(Secret.of(KEY)).token(Secret.of(TOKEN))).write(events);
        sink(hook, Webhook.signedWith(Secret.of(KEY))).write(events);

        Seen request = hook.seen().get(0);
        String id = request.headers().getFirst("webhook-id");
        String time = request.headers().getFirst("webhook-timestamp");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "HmacSHA256"));
        byte[] signature = mac.doFinal((id + "." + time + "." + request.body()).getBytes(UTF_8));
        assertThat(request.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(signature));
        assertThat(time).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(hook.seen().get(1).headers().getFirst("webhook-id")).isEqualTo(id);
        assertThat(request.uri()).hasPath("/base/");
    }

    @Test
    void lines_are_lines() {
        LogService hook = running(new LogServices.Hook(null));

        sink(hook, Webhook.withToken(Secret.of(TOKEN)).asLines()).write(SomeEvents.events(3));

        assertThat(hook.seen().get(0).body().lines()).hasSize(3);
        assertThat(hook.seen().get(0).headers().getFirst("Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_no_secret_with_it() {
        ConfigurationException why = catchThrowableOfType(
                ConfigurationException.class,
                () -> HttpSink.builder(
                                URI.create("http://user:" + TOKEN + "@elastic.example.com/#x"),
                                ElasticBulk.into("Not An Index")
                                        .apiKey(Secret.of(TOKEN + "\n"))
                                        .login("a:b", Secret.of(TOKEN)),
                                CefFormat.version0(io.mcpguard.audit.AuditReporter.of("orders")))
                        .timeout(Duration.ofSeconds(6))
                        .trusting(folder.resolve("nothing.pem"))
                        .build());

        assertThat(why.problems()).hasSize(10);
        assertThat(why.getMessage())
                .contains("address is http", "index is not", "format has to", "timeout is not", "ca-file")
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://siem.example.com",
                "http://localhost:8088/hook?x=y",
                "http://127.9.0.1",
                "http://[::1]:9200",
                "HTTPS://siem.example.com:8088/path"
            })
    void addresses_over_tls_and_of_this_machine_are_fine(String address) {
        assertThat(Addresses.problems(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://siem.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "ftp://siem.example.com",
                "siem.example.com",
                "https:///path",
                "https://user@siem.example.com"
            })
    void other_addresses_are_not(String address) {
        assertThat(Addresses.problems(URI.create(address))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_%%%"})
    void a_signing_key_that_is_none_is_refused(String key) {
        assertThat(Webhook.signedWith(Secret.of(key)).problems(new JournalJsonFormat()))
                .singleElement()
                .asString()
                .startsWith("signing-key")
                .doesNotContain("c2hvcnQ=", "%%%");
    }

    @Test
    void nothing_shows_a_secret() {
        assertThat(Secret.of(TOKEN)).hasToString("Secret[hidden]");
        assertThat(String.valueOf(splunk())).doesNotContain(TOKEN);
    }
}
