package io.mcpguard.testkit.contract;

import io.mcpguard.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Something that goes wrong with the receiving end of a sink, for {@link AuditSinkChaosContract}.
 *
 * @param name what goes wrong, for the report
 * @param noticed whether a sink that may lose nothing has to notice: its first try has to fail. When not, tries may fail or succeed
 * @param begin makes it go wrong from now on
 * @param end makes it go well again; called once or twice
 * @since 0.1
 */
public record SinkFault(String name, boolean noticed, Runnable begin, Runnable end) {

    public SinkFault {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(begin, "begin");
        Objects.requireNonNull(end, "end");
    }

    /**
     * A fault that no sink can overlook, unless it may lose events.
     *
     * @param name what goes wrong
     * @param begin makes it go wrong from now on
     * @param end makes it go well again
     * @return the fault
     */
    public static SinkFault failing(String name, Runnable begin, Runnable end) {
        return new SinkFault(name, true, begin, end);
    }

    /**
     * A fault that a sink may get over by itself.
     *
     * @param name what goes wrong
     * @param begin makes it go wrong from now on
     * @param end makes it go well again
     * @return the fault
     */
    public static SinkFault passing(String name, Runnable begin, Runnable end) {
        return new SinkFault(name, false, begin, end);
    }

    /**
     * What a network does to a protocol of requests and answers.
     *
     * @param proxy stands between the sink and its receiver
     * @return refused, reset early and late in a batch, answer lost after the receiver has the batch, no answer ever, slow answers,
     *     and connections that were cut while nobody used them
     */
    public static List<SinkFault> overTcp(FaultProxy proxy) {
        return List.of(
                failing("connections are refused", proxy::refuse, proxy::heal),
                failing("connections are reset in mid-batch", () -> proxy.cutRequestsAfter(20), proxy::heal),
                passing("connections are reset late in a batch", () -> proxy.cutRequestsAfter(4_000), proxy::heal),
                failing("answers are lost", () -> proxy.cutAnswersAfter(0), proxy::heal),
                failing("nobody answers", proxy::hang, proxy::heal),
                passing("answers are slow", () -> proxy.delay(Duration.ofMillis(50)), proxy::heal),
                passing("idle connections are cut", proxy::cutAll, proxy::heal));
    }
}
