package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditReportCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-21T14:00:00Z");

    /** Whatever a caller might write where a name is expected. */
    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "</title></style><script>alert(1)</script>",
            "</svg><svg onload=alert(1)>",
            "&lt;script&gt;&#x3c;b&#x3e;",
            "javascript:alert(1)",
            "<!-- --><![CDATA[ ]]>",
            "`${alert(1)}`",
            "\u202eevil\u0000\r\n\u001b[2J\ud800",
            "http://evil.example/x.png");

    @TempDir
    Path temp;

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final Uuid7 ids = new Uuid7(clock, new Random(1));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder = Path.of("");

    @BeforeEach
    void write() {
        folder = temp.resolve("audit");
        try (Journal journal = open()) {
            for (int i = 1; i <= 100; i++) {
                call(journal, "claude", "getOrder", YESTERDAY.plusSeconds(60L * i), 200, i);
            }
            call(journal, "claude", "getOrder", YESTERDAY.plusSeconds(60), 404, 1);
            call(journal, "claude", "getOrder", YESTERDAY.plusSeconds(60), 503, 1);
            call(journal, "chatbot", "listOrders", YESTERDAY.plusSeconds(90), 200, 3);
            denied(journal, "chatbot", "deleteOrder", "operation-not-available", YESTERDAY.plusSeconds(90));
            denied(journal, "chatbot", "listOrders", "limit-reached", YESTERDAY.plusSeconds(90));
            denied(journal, "chatbot", "listOrders", "limit-reached", YESTERDAY.plusSeconds(95));
            call(journal, "claude", "getOrder", NOW, 200, 7_000);
            journal.append(event(ids.next(), Stage.INTENT, "claude", "running", "allowed", NOW, AuditResult.pending()));
        }
    }

    private Journal open() {
        return Journal.builder(folder, clock, ids)
                .levels(AuditLevels.all(AuditLevel.PROCESS))
                .open();
    }

    @Test
    void counts_calls_by_client_and_operation() {
        assertThat(report("--from", "yesterday", "--to", "today")).isZero();

        assertThat(lines())
                .containsExactly(
                        "CLIENT   OPERATION    CALLS  DENIED  ERRORS    P50    P99     IN     OUT  DENIED FOR",
                        "claude   getOrder       102       0       2  49 ms  99 ms  10 kB  102 kB",
                        "chatbot  listOrders       3       2       0   3 ms   3 ms  100 B  1.0 kB  limit-reached 2",
                        "chatbot  deleteOrder      1       1       0      -      -    0 B     0 B  operation-not-available 1",
                        "total                   106       3       2  49 ms  99 ms  10 kB  103 kB");
    }

    @Test
    void the_same_for_programs() {
        assertThat(report("--from", "yesterday", "--to", "today", "--format", "json"))
                .isZero();

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("from").stringValue()).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(json.get("total").get("calls").longValue()).isEqualTo(106);
        assertThat(json.get("total").get("reasons").toString())
                .isEqualTo("{\"limit-reached\":2,\"operation-not-available\":1}");
        JsonNode busiest = json.get("lines").get(0);
        assertThat(busiest.get("client").stringValue()).isEqualTo("claude");
        assertThat(busiest.get("errors").longValue()).isEqualTo(2);
        assertThat(busiest.get("serverErrors").longValue()).isEqualTo(1);
        assertThat(busiest.get("p50Micros").longValue()).isBetween(49_000L, 51_000L);
        assertThat(busiest.get("p99Micros").longValue()).isBetween(98_000L, 101_000L);
        long inSpans = 0;
        for (JsonNode span : json.get("timeline").get("spans")) {
            inSpans += span.get("calls").longValue();
        }
        assertThat(inSpans).isEqualTo(106);
        assertThat(json.get("timeline").get("spanSeconds").longValue()).isEqualTo(900);
    }

    @Test
    void a_record_of_several_refusals_counts_as_many() {
        try (Journal journal = open()) {
            AuditEvent one = event(
                    ids.next(),
                    Stage.DENIED,
                    "looper",
                    "listOrders",
                    "limit-reached",
                    NOW,
                    AuditResult.ofStatus(429, Duration.ZERO));
            journal.append(new AuditEvent(
                    one.id(),
                    one.callId(),
                    one.stage(),
                    one.time(),
                    one.channel(),
                    one.method(),
                    one.target(),
                    one.caller(),
                    one.verdict().repeated(1_483, NOW.minusSeconds(1)),
                    one.result(),
                    one.source(),
                    one.arguments(),
                    one.link()));
        }

        assertThat(report("--client", "looper")).isZero();

        assertThat(out.toString()).contains("limit-reached 1,483");
    }

    @Test
    void every_option_of_the_query_narrows() {
        assertThat(report("--client", "chatbot", "--decision", "deny")).isZero();

        assertThat(lines()).hasSize(4).last().asString().startsWith("total");
        assertThat(out.toString()).contains("deleteOrder").doesNotContain("claude");
    }

    @Test
    void the_page_holds_a_picture_and_the_numbers() throws Exception {
        Document page = page("--from", "yesterday", "--to", "today");

        assertThat(texts(page, "h1")).containsExactly("Who called what");
        assertThat(texts(page, "th"))
                .contains("claude", "chatbot", "getOrder", "listOrders", "deleteOrder", "p99", "Denied for");
        assertThat(texts(page, "td")).contains("102", "10 kB", "limit-reached 2");
        List<Element> bars = elements(page, "rect").stream()
                .filter(rect -> rect.getAttribute("class").matches("served|denied|errors"))
                .filter(rect -> !rect.getAttribute("x").isEmpty())
                .toList();
        assertThat(bars).hasSizeGreaterThan(8);
        assertThat(bars).allSatisfy(bar -> {
            double y = Double.parseDouble(bar.getAttribute("y"));
            assertThat(y).isBetween(0.0, 100.0);
            assertThat(y + Double.parseDouble(bar.getAttribute("height"))).isBetween(0.0, 100.01);
        });
        assertThat(texts(page, "title"))
                .contains("Calls over time", "2026-11-21 14:00:00: 20 calls, 3 denied, 2 errors");
        assertThat(err.toString()).contains("106 calls are in ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_page_is_for_everybody() throws Exception {
        Document page = page();

        Element picture = elements(page, "svg").get(0);
        assertThat(picture.getAttribute("role")).isEqualTo("img");
        for (String id : picture.getAttribute("aria-labelledby").split(" ", -1)) {
            assertThat(elements(page, "*"))
                    .anyMatch(one -> one.getAttribute("id").equals(id)
                            && !one.getTextContent().isBlank());
        }
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(elements(page, "th"))
                .allMatch(head -> !head.getAttribute("scope").isEmpty());
        assertThat(elements(page, "meta"))
                .anyMatch(meta -> meta.getAttribute("content").contains("width=device-width"));
        assertThat(texts(page, "style").get(0))
                .contains("prefers-color-scheme: dark")
                .contains("max-width");
    }

    @Test
    void the_page_needs_nothing_and_may_load_and_run_nothing() throws Exception {
        Document page = page();

        String style = texts(page, "style").get(0);
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(elements(page, "meta"))
                .anyMatch(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy")
                        && meta.getAttribute("content")
                                .equals("default-src 'none'; style-src 'sha256-" + hash
                                        + "'; base-uri 'none'; form-action 'none'"));
        nothingActive(page);
        assertThat(style).doesNotContain("url(").doesNotContain("@import").doesNotContain("<");
    }

    @Test
    void nothing_from_a_record_becomes_markup() throws Exception {
        try (Journal journal = open()) {
            for (String payload : PAYLOADS) {
                AuditEvent denied = event(
                        ids.next(),
                        Stage.DENIED,
                        payload,
                        payload,
                        payload,
                        NOW,
                        AuditResult.ofStatus(404, Duration.ZERO));
                journal.append(denied);
                call(journal, payload, payload, NOW, 200, 5);
            }
        }

        Document page = page("--text", "ALERT", "--zone", "Z");
        nothingActive(page);
        assertThat(texts(page, "p").toString()).contains("text alert");

        page = page("--principal", "<b>principal</b>", "--operation", "</p><script>1</script>");
        nothingActive(page);
        assertThat(texts(page, "p").toString()).contains("operation </p><script>1</script>");

        page = page();
        nothingActive(page);
        List<String> heads = texts(page, "th");
        for (String payload : PAYLOADS.subList(0, 9)) {
            assertThat(heads).contains(payload);
        }
        assertThat(heads).contains("\\u202eevil\\u0000\\u000d\\u000a\\u001b[2J\ufffd");

        out.getBuffer().setLength(0);
        assertThat(report("--format", "json")).isZero();
        assertThat(report("--format", "table")).isZero();
        assertThat(out.toString()).matches("(?s)[ -~\n]+");
    }

    private static void nothingActive(Document page) {
        assertThat(elements(page, "*"))
                .extracting(Element::getTagName)
                .isSubsetOf(
                        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1",
                        "h2", "p", "dl", "div", "dt", "dd", "small", "ul", "li", "figure", "span", "svg", "desc",
                        "line", "g", "rect", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th",
                        "td");
        for (Element element : elements(page, "*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .isIn(
                                "lang",
                                "charset",
                                "http-equiv",
                                "content",
                                "name",
                                "class",
                                "id",
                                "role",
                                "scope",
                                "viewBox",
                                "preserveAspectRatio",
                                "x",
                                "y",
                                "x1",
                                "x2",
                                "y1",
                                "y2",
                                "width",
                                "height",
                                "aria-hidden",
                                "aria-labelledby",
                                "data-name");
            }
        }
    }

    @Test
    void a_journal_without_calls_has_a_report_too() throws Exception {
        folder = temp.resolve("empty");
        open().close();

        assertThat(report()).isZero();
        assertThat(lines()).hasSize(2);
        assertThat(texts(page(), "p")).contains("No calls.");
        assertThat(texts(page("--from", "yesterday", "--to", "today"), "desc")).containsExactly("No calls.");
    }

    @Test
    void says_what_is_wrong() {
        assertThat(report("--html", temp.resolve("none").resolve("page.html").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("The page cannot be written to");

        folder = temp.resolve("nowhere");
        assertThat(report()).isEqualTo(2);
        assertThat(err.toString()).contains("There is no readable audit journal in");
        assertThat(out.toString()).isEmpty();
    }

    private int report(String... options) {
        CommandLine line = AuditCommand.line(clock, new SecureRandom(), ZoneOffset.UTC, name -> null);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = Stream.concat(Stream.of("report", "--journal", folder.toString()), Stream.of(options))
                .toArray(String[]::new);
        return line.execute(all);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    /** The page, read by a strict parser: tags that HTML leaves open are closed first. */
    private Document page(String... options) throws Exception {
        Path file = temp.resolve("page.html");
        String[] all = Stream.concat(Stream.of(options), Stream.of("--html", file.toString()))
                .toArray(String[]::new);
        assertThat(report(all)).isZero();
        return parsed(file);
    }

    private static Document parsed(Path file) throws Exception {
        String text = Files.readString(file).replace("<!DOCTYPE html>", "").replaceAll("(<meta [^<>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> (Element) found.item(i))
                .toList();
    }

    /** Of the elements themselves, without those within them. */
    private static List<String> texts(Document page, String name) {
        return elements(page, name).stream()
                .map(element -> element.getFirstChild() == null
                        ? ""
                        : element.getFirstChild().getTextContent())
                .toList();
    }

    private void call(Journal journal, String client, String operation, Instant time, int status, long millis) {
        UUID call = ids.next();
        journal.append(event(call, Stage.INTENT, client, operation, "allowed", time, AuditResult.pending()));
        AuditResult result =
                AuditResult.ofStatus(status, Duration.ofMillis(millis)).withBytes(100, 1_000);
        journal.append(event(call, Stage.OUTCOME, client, operation, "allowed", time, result));
    }

    private void denied(Journal journal, String client, String operation, String reason, Instant time) {
        journal.append(event(
                ids.next(), Stage.DENIED, client, operation, reason, time, AuditResult.ofStatus(404, Duration.ZERO)));
    }

    private AuditEvent event(
            UUID call, Stage stage, String client, String operation, String reason, Instant time, AuditResult result) {
        return new AuditEvent(
                ids.next(),
                call,
                stage,
                time,
                Channel.MCP,
                "tools/call",
                new AuditTarget(operation, "GET /orders/{orderId}"),
                new AuditCaller(client, "developer-readonly", "1", Optional.of("<b>principal</b>"), Optional.empty()),
                new AuditVerdict(stage != Stage.DENIED, reason, "grant:orders", Optional.empty()),
                result,
                AuditSource.of("127.0.0.1", 4000),
                Map.of(),
                Optional.empty());
    }
}
