package io.mcpguard.cli.report;

import io.mcpguard.cli.report.Timeline.Span;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The picture of a time: a bar for each span, of calls that were served, refused and failed. Only the bars are drawn and stretched to the width
 * there is; numbers and times beside them are text, which stays readable on a phone.
 */
final class TimelinePicture {

    private static final int SPAN = 10;
    private static final int BAR = 8;
    private static final int HEIGHT = 100;
    private static final int TIMES = 5;

    private final List<Span> spans;
    private final ZoneId zone;
    private final long seconds;
    private final long top;

    TimelinePicture(Timeline timeline, ZoneId zone) {
        this.spans = timeline.spans();
        this.zone = zone;
        this.seconds = timeline.seconds();
        this.top = roundUp(spans.stream().mapToLong(Span::calls).max().orElse(0));
    }

    /** The least even number of the form 2, 4, 6, 10 times a power of ten that is not below; so that its half is a whole number. */
    static long roundUp(long most) {
        for (long power = 1; ; power *= 10) {
            for (long step : new long[] {2, 4, 6, 10}) {
                if (step * power >= most) {
                    return step * power;
                }
            }
        }
    }

    void write(Html html) {
        int width = Math.max(1, spans.size()) * SPAN;
        html.raw("<figure>\n<div class=\"up\" aria-hidden=\"true\">");
        for (long mark : new long[] {top, top / 2, 0}) {
            html.raw("<span>").text(ReportWords.count(mark)).raw("</span>");
        }
        html.raw("</div>\n<svg role=\"img\" aria-labelledby=\"picture-title picture-text\" viewBox=\"0 0 " + width + " "
                + HEIGHT + "\" preserveAspectRatio=\"none\">\n<title id=\"picture-title\">Calls over time</title>\n");
        html.raw("<desc id=\"picture-text\">").text(description()).raw("</desc>\n");
        for (int y : new int[] {0, HEIGHT / 2, HEIGHT}) {
            html.raw("<line class=\"grid\" x1=\"0\" x2=\"" + width + "\" y1=\"" + y + "\" y2=\"" + y + "\"/>\n");
        }
        for (int i = 0; i < spans.size(); i++) {
            bar(spans.get(i), i * SPAN, html);
        }
        html.raw("</svg>\n<div class=\"along\" aria-hidden=\"true\">");
        for (int i = 0; i < TIMES && !spans.isEmpty(); i++) {
            Span span = spans.get((spans.size() - 1) * i / (TIMES - 1));
            html.raw("<span>")
                    .text(ReportWords.time(span.begin(), zone, seconds))
                    .raw("</span>");
        }
        html.raw("</div>\n</figure>\n");
    }

    private String description() {
        Span busiest = spans.stream()
                .reduce((one, other) -> other.calls() > one.calls() ? other : one)
                .orElse(null);
        return busiest == null || busiest.calls() == 0
                ? "No calls."
                : spans.size() + " bars of " + ReportWords.span(seconds) + " each. Most calls, "
                        + ReportWords.count(busiest.calls()) + ", in the one that begins at "
                        + ReportWords.time(busiest.begin(), zone) + ". The numbers are in the table below.";
    }

    /** Errors at the bottom, where they begin on the line and the eye finds them. */
    private void bar(Span span, int x, Html html) {
        if (span.calls() == 0) {
            return;
        }
        html.raw("<g><title>")
                .text(ReportWords.time(span.begin(), zone) + ": " + ReportWords.count(span.calls()) + " calls, "
                        + ReportWords.count(span.denied()) + " denied, " + ReportWords.count(span.errors())
                        + " errors")
                .raw("</title>");
        double y = HEIGHT;
        y = part("errors", span.errors(), x, y, html);
        y = part("denied", span.denied(), x, y, html);
        part("served", span.served(), x, y, html);
        html.raw("<rect class=\"over\" x=\"" + x + "\" y=\"0\" width=\"" + SPAN + "\" height=\"" + HEIGHT
                + "\"/></g>\n");
    }

    private double part(String name, long count, int x, double below, Html html) {
        if (count == 0) {
            return below;
        }
        double height = (double) count * HEIGHT / top;
        html.raw(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.2f\" width=\"%d\" height=\"%.2f\"/>",
                name,
                x + (SPAN - BAR) / 2,
                below - height,
                BAR,
                height));
        return below - height;
    }
}
