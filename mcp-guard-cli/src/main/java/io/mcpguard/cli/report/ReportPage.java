package io.mcpguard.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.cli.report.CallReport.Client;
import io.mcpguard.cli.report.CallReport.Line;
import io.mcpguard.cli.report.Timeline.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A report as one page of HTML that needs nothing else: no script, no picture and no font from elsewhere. Its policy allows the browser its own
 * style and nothing besides, so that not even a mistake in escaping could run or load anything.
 *
 * @since 0.1
 */
public final class ReportPage {

    private static final List<String> HEADS =
            List.of("Calls", "Denied", "Errors", "p50", "p99", "In", "Out", "Denied for");

    private final CallReport report;
    private final Html html = new Html();

    private ReportPage(CallReport report) {
        this.report = report;
    }

    /**
     * Writes a report.
     *
     * @param report what was counted
     * @return the page, to be stored as UTF-8
     */
    public static String of(CallReport report) {
        ReportPage page = new ReportPage(report);
        page.write();
        return page.html.toString();
    }

    private void write() {
        String style = style();
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
                + sha256(style) + "'; base-uri 'none'; form-action 'none'\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n");
        html.raw("<title>")
                .text("Calls of " + time())
                .raw("</title>\n<style>")
                .raw(style)
                .raw("</style>\n</head>\n<body>\n");
        html.raw("<header>\n<h1>")
                .text("Who called what")
                .raw("</h1>\n<p>")
                .text(time())
                .raw("</p>\n");
        List<String> criteria = ReportWords.criteria(report.query());
        if (!criteria.isEmpty()) {
            html.raw("<p>Only: ").text(String.join(", ", criteria)).raw("</p>\n");
        }
        html.raw("</header>\n<main>\n");
        figures();
        timeline();
        calls();
        html.raw("</main>\n<footer>\n<p>")
                .text("From " + report.place() + ", made " + ReportWords.time(report.made(), report.zone())
                        + " by mcp-guard audit report.")
                .raw("</p>\n");
        html.raw(
                "<p>A call counts when it has ended. Denied: the guard refused it, and nothing ran. Error: it was let through"
                        + " and ended in a status of 400 or above, or nobody knows how. Latencies are of calls that were let"
                        + " through.</p>\n</footer>\n</body>\n</html>\n");
    }

    private String time() {
        Optional<Instant> begin = report.begin();
        Optional<Instant> end = report.end();
        return begin.map(from -> ReportWords.time(from, report.zone())).orElse("the beginning")
                + " to "
                + end.map(to -> ReportWords.time(to, report.zone())).orElse("now")
                + " (" + report.zone() + ")";
    }

    private void figures() {
        CallTally total = report.total();
        List<Client> clients = report.clients();
        html.raw("<dl class=\"figures\">\n");
        figure("", "Calls", ReportWords.count(total.calls()), "");
        figure(total.denied() > 0 ? "denied" : "", "Denied", ReportWords.count(total.denied()), share(total.denied()));
        figure(total.errors() > 0 ? "errors" : "", "Errors", ReportWords.count(total.errors()), share(total.errors()));
        figure("", "Half within", ReportWords.latency(total, 50), "");
        figure("", "99 of 100 within", ReportWords.latency(total, 99), "");
        figure("", "Clients", ReportWords.count(clients.size()), "");
        html.raw("</dl>\n");
    }

    private void figure(String kind, String name, String value, String more) {
        html.raw(kind.isEmpty() ? "<div>" : "<div class=\"" + kind + "\">");
        html.raw("<dt>").text(name).raw("</dt><dd>").text(value);
        if (!more.isEmpty()) {
            html.raw(" <small>").text(more).raw("</small>");
        }
        html.raw("</dd></div>\n");
    }

    private String share(long count) {
        long calls = report.calls();
        return calls == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * count / calls);
    }

    private void timeline() {
        html.raw(
                "<section aria-labelledby=\"over-time\">\n<div class=\"head\"><h2 id=\"over-time\">Calls over time</h2>\n");
        html.raw(
                "<ul class=\"legend\"><li>served</li><li class=\"denied\">denied</li><li class=\"errors\">errors</li></ul>"
                        + "</div>\n");
        new TimelinePicture(report.timeline(), report.zone()).write(html);
        html.raw("<details><summary>The same as a table</summary>\n<table>\n<caption>")
                .text("Spans of " + ReportWords.span(report.timeline().seconds()) + " with calls")
                .raw("</caption>\n<thead><tr>");
        for (String head : List.of("Begins", "Calls", "Denied", "Errors")) {
            html.raw("<th scope=\"col\">").text(head).raw("</th>");
        }
        html.raw("</tr></thead>\n<tbody>\n");
        for (Span span : report.timeline().spans()) {
            if (span.calls() > 0) {
                html.raw("<tr><th scope=\"row\">")
                        .text(ReportWords.time(span.begin(), report.zone()))
                        .raw("</th>");
                for (long count : new long[] {span.calls(), span.denied(), span.errors()}) {
                    html.raw("<td>").text(ReportWords.count(count)).raw("</td>");
                }
                html.raw("</tr>\n");
            }
        }
        html.raw("</tbody>\n</table>\n</details>\n</section>\n");
    }

    /** Roles are said again, since browsers drop those of a table that a narrow screen shows as blocks. */
    private void calls() {
        html.raw("<section aria-labelledby=\"by-client\">\n<h2 id=\"by-client\">By client and operation</h2>\n");
        List<Client> clients = report.clients();
        if (clients.isEmpty()) {
            html.raw("<p>No calls.</p>\n</section>\n");
            return;
        }
        html.raw(
                "<table class=\"calls\" role=\"table\" aria-labelledby=\"by-client\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
                        + "<th role=\"columnheader\" scope=\"col\">Client and operation</th>");
        for (String head : HEADS) {
            html.raw("<th role=\"columnheader\" scope=\"col\""
                            + (head.equals("Denied for") ? " class=\"words\">" : ">"))
                    .text(head)
                    .raw("</th>");
        }
        html.raw("</tr></thead>\n");
        long most = clients.stream()
                .mapToLong(client -> client.lines().get(0).tally().calls())
                .max()
                .orElse(1);
        for (Client client : clients) {
            html.raw(
                            "<tbody role=\"rowgroup\">\n<tr class=\"client\" role=\"row\"><th role=\"rowheader\" scope=\"rowgroup\">")
                    .text(client.id())
                    .raw("</th>");
            cells(client.total(), false);
            for (Line line : client.lines()) {
                html.raw("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">")
                        .text(line.operation());
                bar(line.tally().calls(), most);
                html.raw("</th>");
                cells(line.tally(), true);
            }
            html.raw("</tbody>\n");
        }
        html.raw("</table>\n</section>\n");
    }

    private void bar(long calls, long most) {
        html.raw(String.format(
                Locale.ROOT,
                "<svg class=\"share\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect width=\"100\" height=\"4\"/><rect class=\"served\" width=\"%.1f\" height=\"4\"/></svg>",
                100.0 * calls / most));
    }

    private void cells(CallTally tally, boolean withReasons) {
        cell("Calls", "", ReportWords.count(tally.calls()));
        cell("Denied", tally.denied() > 0 ? "some-denied" : "", ReportWords.count(tally.denied()));
        cell("Errors", tally.errors() > 0 ? "some-errors" : "", ReportWords.count(tally.errors()));
        cell("p50", "", ReportWords.latency(tally, 50));
        cell("p99", "", ReportWords.latency(tally, 99));
        cell("In", "", ReportWords.bytes(tally.bytesIn()));
        cell("Out", "", ReportWords.bytes(tally.bytesOut()));
        String reasons = withReasons ? ReportWords.reasons(tally) : "";
        html.raw(
                        reasons.isEmpty()
                                ? "<td role=\"cell\" class=\"words\">"
                                : "<td role=\"cell\" class=\"words\" data-name=\"Denied for\">")
                .text(reasons)
                .raw("</td></tr>\n");
    }

    private void cell(String name, String kind, String value) {
        html.raw("<td role=\"cell\" data-name=\"" + name + "\"" + (kind.isEmpty() ? ">" : " class=\"" + kind + "\">"))
                .text(value)
                .raw("</td>");
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(css.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
